"""The month's figures by hand-written SQL over the same tables: what somebody who knows SQL well would write.

It holds for the histories that are measured here, in which nobody is in hospital, in prison or away: it knows none of
the rules for those, no numbers of a clinic's own and no list that came late. `$name` is a value, or a piece of SQL
that the two databases write differently (month_by_sql.py).
"""

_ON_MAT = "'inducted', 'already_on_mat', 're_inducted', 'stabilising', 'maintenance', 'tapering', 'returned'"
_LEFT = "'completed', 'transferred', 'stopped_by_choice', 'stopped_by_clinic'"
_IN_MONTH = "v.organisation_id = $org AND v.occurred_on BETWEEN $first AND $last AND v.voided_at IS NULL"

# A card that was set aside stands for another one.
_PERSON = "coalesce(a.stands_for_id, {0}.client_id)"
_ALIAS = "LEFT JOIN people_alias a ON a.client_id = {0}.client_id AND a.ended_at IS NULL"

CAME = f"""
CREATE TEMPORARY TABLE came AS
SELECT v.id, v.at_site_id AS site, {_PERSON.format("v")} AS person, v.occurred_on, v.needles_returned
FROM visits_visit v {_ALIAS.format("v")} WHERE {_IN_MONTH}
"""
TALLIES = f"""
CREATE TEMPORARY TABLE told AS
WITH people AS (SELECT DISTINCT person FROM came
), cards AS (
  SELECT person, person AS card FROM people
  UNION ALL SELECT p.person, a.client_id FROM people p JOIN people_alias a ON a.stands_for_id = p.person
  WHERE a.ended_at IS NULL
), known AS (
  SELECT DISTINCT d.person FROM cards d JOIN people_client c ON c.id = d.card
  WHERE c.first_contact_on < $first OR EXISTS (
    SELECT 1 FROM visits_visit e WHERE e.organisation_id = $org AND e.client_id = d.card
    AND e.occurred_on < $first AND e.voided_at IS NULL)
)
SELECT 'visits:' AS what, site, person, count(*) AS amount FROM came GROUP BY site, person
UNION ALL SELECT 'visits:returned', site, person, sum(needles_returned) FROM came GROUP BY site, person
UNION ALL SELECT DISTINCT CASE WHEN person IN (SELECT person FROM known) THEN 'visits:returning' ELSE 'visits:new' END,
  site, person, 1 FROM came
UNION ALL SELECT 'supplies:' || i.kind, site, person, sum(s.quantity)
  FROM came JOIN visits_givensupply s ON s.visit_id = came.id JOIN stock_item i ON i.id = s.item_id
  GROUP BY i.kind, site, person
UNION ALL SELECT 'services:' || s.service, site, person, count(*)
  FROM came JOIN visits_givenservice s ON s.visit_id = came.id GROUP BY s.service, site, person
UNION ALL SELECT 'attendances:', v.site_id, {_PERSON.format("t")}, count(*)
  FROM support_session v JOIN support_attendance t ON t.session_id = v.id {_ALIAS.format("t")}
  WHERE {_IN_MONTH} AND t.voided_at IS NULL GROUP BY 1, 2, 3
UNION ALL SELECT 'support:', site, person, 1 FROM (
  SELECT site, person FROM came JOIN visits_givenservice s ON s.visit_id = came.id WHERE s.service = 'psychosocial'
  UNION SELECT v.site_id, {_PERSON.format("t")}
  FROM support_session v JOIN support_attendance t ON t.session_id = v.id {_ALIAS.format("t")}
  WHERE {_IN_MONTH} AND t.voided_at IS NULL AND v.kind IN ('psychosocial', 'cbt', 'peer_support')) x
UNION ALL SELECT DISTINCT CASE WHEN v.kind = 'died' THEN 'steps:died' WHEN v.kind IN ({_LEFT}) THEN 'steps:left'
  ELSE 'steps:inducted' END, c.site_id, {_PERSON.format("v")}, 1
  FROM mat_journeystep v JOIN people_client c ON c.id = v.client_id {_ALIAS.format("v")}
  WHERE {_IN_MONTH} AND v.kind IN ('inducted', 'died', {_LEFT})
"""

MAT = f"""
CREATE TEMPORARY TABLE on_mat AS
WITH claims AS (
  SELECT {_PERSON.format("s")} AS person, c.site_id AS site, s.kind, s.occurred_on
  FROM mat_journeystep s JOIN people_client c ON c.id = s.client_id {_ALIAS.format("s")}
  WHERE s.organisation_id = $org AND s.occurred_on <= $last AND s.voided_at IS NULL
), people AS (
  SELECT site, person, max(CASE WHEN kind IN ({_ON_MAT}) THEN 1 ELSE 0 END) AS ever,
    max(CASE WHEN kind = 'referred' THEN 1 ELSE 0 END) AS referred,
    max(CASE WHEN kind IN ({_LEFT}, 'died') THEN kind END) AS gone
  FROM claims GROUP BY site, person
), lines AS (
  SELECT {_PERSON.format("m")} AS person, m.month, m.signs, length(rtrim(m.signs, '- ')) AS dosed
  FROM mat_standingmonth m {_ALIAS.format("m")}
  WHERE m.organisation_id = $org AND m.month BETWEEN $long_before AND $first
), last_doses AS (
  SELECT person, max($dosed_on) AS last_dose FROM lines WHERE dosed > 0 GROUP BY person
), missed AS (
  SELECT l.person, d.last_dose, sum(length(tail) - length(replace(tail, '-', ''))) AS days FROM (
    SELECT person, month, CASE WHEN dosed > 0 THEN substr(signs, dosed + 1) ELSE signs END AS tail FROM lines) l
  JOIN last_doses d ON d.person = l.person AND l.month >= $month_of_last_dose GROUP BY l.person, d.last_dose
), back AS (
  SELECT n.person FROM lines n LEFT JOIN lines b ON b.person = n.person AND b.month = $before
  WHERE n.month = $first AND (replace(n.signs, ' ', '') LIKE '%-+%'
    OR (n.signs LIKE '+%' AND replace(b.signs, ' ', '') LIKE '%-'))
)
SELECT p.site, p.person, p.ever, p.gone, m.days, m.last_dose,
  CASE WHEN p.ever = 0 AND p.referred = 1 AND p.gone IS NULL THEN 1 ELSE 0 END AS waiting,
  CASE WHEN p.ever = 1 AND p.gone IS NULL AND m.last_dose > $a_month_ago THEN 1 ELSE 0 END AS active,
  CASE WHEN p.person IN (SELECT person FROM back) THEN 1 ELSE 0 END AS back
FROM people p LEFT JOIN missed m ON m.person = p.person
"""

MAT_TALLIES = """
INSERT INTO told
SELECT 'mat:ever', site, person, 1 FROM on_mat WHERE ever = 1
UNION ALL SELECT 'mat:active', site, person, 1 FROM on_mat WHERE active = 1
UNION ALL SELECT CASE WHEN days < 3 THEN 'mat:missing_1_2' WHEN days < 5 THEN 'mat:missing_3_4'
  ELSE 'mat:missing_5_plus' END, site, person, 1 FROM on_mat WHERE ever = 1 AND gone IS NULL AND days > 0
UNION ALL SELECT 'mat:out_of_touch', site, person, 1 FROM on_mat
  WHERE ever = 1 AND gone IS NULL AND last_dose <= $a_month_ago
UNION ALL SELECT 'mat:returned', site, person, 1 FROM on_mat WHERE back = 1
UNION ALL SELECT 'mat:waiting', site, person, 1 FROM on_mat WHERE waiting = 1
"""

_AGE = """CASE WHEN c.birth_year IS NULL OR c.birth_precision = 'unknown' THEN 'not_known'
  WHEN $years - c.birth_year < 15 THEN 'under 15' WHEN $years - c.birth_year < 20 THEN '15-19'
  WHEN $years - c.birth_year < 25 THEN '20-24' WHEN $years - c.birth_year < 30 THEN '25-29'
  WHEN $years - c.birth_year < 35 THEN '30-34' WHEN $years - c.birth_year < 40 THEN '35-39'
  WHEN $years - c.birth_year < 45 THEN '40-44' WHEN $years - c.birth_year < 50 THEN '45-49' ELSE '50+' END"""
_OF_WARD = "CASE WHEN w.id IS NULL THEN 'not_known' ELSE w.name || ', ' || u.name END"
_SPLIT = """SELECT t.what, {0}, count(DISTINCT t.person), sum(t.amount) FROM told t
  JOIN people_client c ON c.id = t.person JOIN accounts_site s ON s.id = t.site
  LEFT JOIN places_ward w ON w.id = c.ward_id LEFT JOIN places_subcounty u ON u.id = w.sub_county_id GROUP BY 1, 2"""
SPLITS = {
    split: _SPLIT.format(part)
    for split, part in {
        "": "''",
        "sex": "c.sex",
        "age": _AGE,
        "site": "s.name",
        "ward": _OF_WARD,
        "population": "c.population",
    }.items()
}

WEEKS = {
    "visits.visits": "SELECT $week_of_came, count(*) FROM came GROUP BY 1",
    "support.people": f"""SELECT week, count(DISTINCT person) FROM (
      SELECT $week_of_came AS week, person FROM came
      JOIN visits_givenservice s ON s.visit_id = came.id WHERE s.service = 'psychosocial'
      UNION SELECT $week_of_v, {_PERSON.format("t")} FROM support_session v
      JOIN support_attendance t ON t.session_id = v.id {_ALIAS.format("t")}
      WHERE {_IN_MONTH} AND t.voided_at IS NULL AND v.kind IN ('psychosocial', 'cbt', 'peer_support')) x GROUP BY 1""",
}
WHERE = """SELECT CASE WHEN active = 1 THEN 'active' WHEN gone IN ('stopped_by_choice', 'stopped_by_clinic')
  THEN 'stopped' ELSE coalesce(gone, 'out_of_touch') END, count(*) FROM on_mat WHERE ever = 1 GROUP BY 1"""
HEADS = {
    "sessions": f"""SELECT s.name, count(*), sum(guests_male), sum(guests_female) FROM support_session v
      JOIN accounts_site s ON s.id = v.site_id WHERE {_IN_MONTH} GROUP BY 1""",
    "events": f"""SELECT s.name, activity, count(*), sum(male), sum(female), sum(unsorted)
      FROM community_communityevent v JOIN accounts_site s ON s.id = v.site_id WHERE {_IN_MONTH} GROUP BY 1, 2""",
    "anonymous": f"""SELECT s.name, i.kind, sum(v.quantity), sum(v.needles_returned) FROM visits_anonymoussupply v
      JOIN accounts_site s ON s.id = v.site_id LEFT JOIN stock_item i ON i.id = v.item_id
      WHERE {_IN_MONTH} GROUP BY 1, 2""",
}
