"""Pairs of names: one way of writing the same name, or two different names.

`TUNED_*` were looked at while the rules were made. `HELD_OUT_*` were written before any rule and are only ever
counted: change a rule for a held-out pair and the figures in `test_name_rules.py` stop meaning anything (move
the pair to the tuned list and write a new one instead).
"""


def _pairs(text: str) -> list[tuple[str, str]]:
    """Read `One/Other` pairs, separated by white space."""
    return [(one, other) for one, other in (pair.split("/") for pair in text.split())]


TUNED_ALIKE = _pairs("""
    Wanjikũ/Wanjiku Kamaũ/Kamau Gĩtaũ/Gitau Ng'ang'a/Nganga Ndung'u/Ndungu NJOROGE/njoroge
    Njoroge/Njoroje Njoroge/Ngoroge Njoroge/Njorge Kariuki/Karioki Kariuki/Kariyuki Mwangi/Mwaggi Mwangi/Muangi
    Muiruri/Mwiruri Macharia/Macheria Macharia/Masharia Chege/Shege Kimani/Kimaani Wambui/Wamboi Nyambura/Nyabura
    Muthoni/Mudhoni Karanja/Karanjah Kiarie/Kiarrie Wairimu/Wairemu
    Kahindi/Kaindi Kahindi/Kahind Kazungu/Kadzungu Katana/Kathana Karisa/Kalisa Charo/Char Safari/Safar
    Mwaringa/Mwalinga Taabu/Tabu
    Ali/Aly Ali/Al Said/Saeed Said/Seid Said/Saidi Omar/Omari Omar/Umar Hussein/Husein Hussein/Hussain
    Mohamed/Mohammed Mohamed/Muhammad Mohamed/Mohamad Mohamud/Mahmoud Hamisi/Hamis Athman/Athuman Athman/Othman
    Rashid/Rasheed Zainab/Zeinab Fatuma/Fatma Fatuma/Fatima
    Stephen/Steven Joseph/Josef Michael/Micheal Samuel/Samwel Elizabeth/Elisabeth Esther/Ester John/Jon
    Margaret/Magaret Christine/Kristine Geoffrey/Jeffrey Zulekha/Zuleikha
""")

TUNED_DIFFERENT = _pairs("""
    Kamau/Kimani Wanjiru/Wanjiku Njoki/Njeri Kariuki/Karanja Hamisi/Hamida Ali/Alice Mwangi/Mwaringa Juma/Jumwa
    Mohamed/Mohamud Muhammad/Mahmoud Sidi/Saidi Said/Saida Salim/Salma Hassan/Hussein Rashid/Rashida
    Ochieng/Achieng Wambui/Wangui Wangari/Wangui Kimani/Kimathi Karisa/Charo Kazungu/Kahindi Katana/Karisa
    Mburu/Mbugua Ndungu/Ndegwa Njuguna/Njoroge Maina/Mina Waweru/Wairimu Gitau/Gathoni Thuo/Thuku
    Jane/Joan Joseph/Josephine Mary/Mercy Daniel/Danson Paul/Paula Samuel/Samson Omar/Amani Kamau/Kama
    Baya/Bahati Hamisi/Hassan Bakari/Baraka Hassan/Hasna John/Joan
""")

HELD_OUT_ALIKE = _pairs("""
    Gĩchũhĩ/Gichuhi Thiong'o/Thiongo Ng'endo/Ngendo Irungu/Irung'u Mũgo/Mugo Wangũi/Wangui
    Gacheru/Gasheru Wacera/Wachera Wangeci/Wangechi Muchiri/Mushiri Kinuthia/Kinudhia Wamaitha/Wamaita
    Wanyoike/Wanyoiki Njau/Njao Waithira/Waithera Nyawira/Nyawera Mbugua/Mbogua Gathoni/Gathone Mukami/Mokami
    Kiragu/Keragu Karuga/Kaluga Kihara/Kiara Njambi/Njambe Githae/Gethae Mugo/Mugoh Ndegwa/Ndekwa Wahu/Waho
    Njuguna/Njugna Waweru/Waweeru Gatheru/Gatheruh Murigi/Murigii Kinyanjui/Kinyajui Gikonyo/Kikonyo
    Mutua/Mutwa Mueni/Mweni Musyoka/Musioka Nduku/Ndoku Wafula/Wafulla Nekesa/Nekessa Cheruiyot/Cheruyot
    Ochieng/Ochieng' Chepkosgei/Jepkosgei Kiptoo/Kipto Onyango/Onyago
    Chengo/Chengoh Ziro/Zilo Ngumbao/Ngumbau Dzombo/Zombo Mwambire/Mwambile Nyamvula/Nyavula Mbwana/Mbuana
    Mwinyi/Muinyi Kithi/Kidhi Katsole/Katsoleh Fondo/Fundo
    Khamis/Hamisi Shaban/Shabani Jaafar/Jaffar Suleiman/Sulaiman Suleiman/Selemani Ibrahim/Ibrahimu
    Ramadhan/Ramadhani Ramadhan/Ramadan Abdalla/Abdallah Masoud/Masud Nassir/Naser Khalfan/Halfani Juma/Jumaa
    Khadija/Hadija Zuhura/Zuhra Rukia/Rukiya Halima/Haleema Maimuna/Meimuna Mbaruk/Mbarak
    Yusuf/Yusufu Issa/Isa Mariam/Maryam Saumu/Swaumu
    Catherine/Katherine Philip/Phillip Vincent/Visent Lawrence/Laurence Nicholas/Nikolas Eric/Erick Isaac/Isack
    Antony/Anthony Francis/Fransis Veronica/Veronika Teresia/Theresia Rebecca/Rebeka Sarah/Sara Anne/Ann
    Josephine/Josefine Naomi/Naome Edwin/Eduin Duncan/Dankan Emmanuel/Emanuel Kenneth/Keneth Beatrice/Beatris
    Zubeida/Zubeda Wanjohi/Wanjoi Kinyanjui/Kinyanjwi Nyaguthii/Nyaguthi
""")

HELD_OUT_DIFFERENT = _pairs("""
    Njenga/Njeri Wangari/Wangeci Nyambura/Nyakio Nyokabi/Nyawira Karanja/Karani Kamande/Kamau Mwaura/Mwangi
    Mugo/Mungai Muchiri/Muchoki Wairimu/Wairuri Waithera/Wairimu Gikonyo/Gikandi Ndirangu/Ndungu Kinyua/Kinyanjui
    Maina/Macharia Gitau/Gichuru Muthoni/Mumbi Kibe/Kibet Kuria/Kariuki Gathoni/Gathogo Wanjiru/Wanjohi
    Wambui/Wambura Njeri/Njoro Kamau/Kamaru Mwangi/Mwai Kiarie/Kiragu Wacera/Wachuka Wanja/Wanjau Kimani/Kamande
    Otieno/Atieno Onyango/Anyango Odhiambo/Adhiambo Wafula/Nafula Wanjala/Nanjala Kiprono/Chepronoh Koech/Kones
    Mutua/Mutuku Mutiso/Mutinda Kioko/Kiilu Mwende/Mwendwa
    Charo/Chengo Baya/Yaa Ngala/Ngao Ngumbao/Ngowa Kadzo/Kache Dama/Dena Kahindi/Kaingu Katana/Kitsao
    Karisa/Karani Mwaringa/Mwambire Pendo/Penda Jefwa/Jumwa Kenga/Konde Mwanaisha/Mwanajuma
    Amin/Amina Amina/Amani Salim/Salima Khalid/Khalida Jamal/Jamila Hamid/Hamida Halima/Salima
    Athman/Ahmed Khalid/Khalfan Fatuma/Fadhili Zuhura/Zubeda Bakari/Bashir Abdi/Abdalla Ali/Alina Omar/Ummi
    Mariam/Maria Swaleh/Salim Juma/Jamal Issa/Isaac Rukia/Rehema
    Jane/Janet James/Jane Paul/Pauline Peter/Petronila David/Davis Stephen/Stella Michael/Michelle
    Grace/Gladys Lucy/Lucas Christine/Christopher Patrick/Patricia Martin/Martha Daniel/Danielle Simon/Simeon
    Mary/Martha Eric/Erica Francis/Frank Josephat/Joseph Victor/Victoria Joan/Joanna Amani/Imani Hamza/Hamisa
    Sadia/Saida Wangu/Wangui Ndungu/Ndunge Sofia/Sifa Dan/Diana Nassir/Nasra Salma/Salama
""")
