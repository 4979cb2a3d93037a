"""Several hundred parts of Kenyan names, commonest first in each line, from which fictional people are put together."""

_GIKUYU_MEN = """
    Kamau Mwangi Njoroge Kariuki Karanja Kimani Mburu Waweru Ndungu Macharia Gitau Maina Njuguna Thuo Muiruri Ngugi
    Gathogo Kinyanjui Nganga Githinji Gichuhi Irungu Mugo Muchiri Kinuthia Wanyoike Njau Mbugua Kiragu Karuga Kihara
    Githae Ndegwa Gikonyo Kibe Kuria Mungai Ngure Wainaina Gacheru Wachira Gichuru Kamande Mwaura Ndirangu Njenga
    Kiarie Kagiri Muriithi Nderitu Warui Gakuru Kabiru Wambugu Gathecha Mbuthia Kamotho Ngaruiya Thiongo Munene
"""
_GIKUYU_WOMEN = """
    Wanjiku Wanjiru Njeri Wambui Nyambura Wairimu Muthoni Wangari Waithira Nyawira Wangui Njoki Wacera Wangeci Wamaitha
    Gathoni Mukami Njambi Wahu Nyokabi Mumbi Wanja Wangechi Nyakio Waceke Warigia Nduta Wambura Wakonyo Nyaguthii
"""
_COAST_MEN = """
    Juma Hamisi Bakari Omar Said Ali Rashid Mohamed Salim Abdalla Kahindi Karisa Katana Baya Charo Kazungu Safari Ngala
    Mwaringa Chengo Ziro Ngumbao Dzombo Mwambire Mbwana Mwinyi Kithi Katsole Fondo Shaban Jaafar Suleiman Ibrahim
    Ramadhan Masoud Nassir Khalfan Mbaruk Yusuf Issa Athman Swaleh Abdi Hassan Hussein Khalid Jamal Hamid Amin Twalib
    Kenga Kaingu Jefwa Kitsao Konde Yaa Tsuma Nyundo Mwakio Mwangolo Mkala Chirima Kombo Faki Famau Shee Bwanaheri
"""
_COAST_WOMEN = """
    Amina Fatuma Halima Mwanajuma Zainab Rehema Kadzo Sidi Pendo Dama Kache Khadija Zuhura Rukia Maimuna Mariam Saumu
    Mwanaisha Jumwa Nyamvula Mbeyu Zubeda Salma Asha Mwanamisi Tatu Riziki Subira Furaha Umazi Haluwa Bahati Kabibi
"""
_LAKE_AND_WEST = """
    Otieno Ochieng Odhiambo Onyango Owino Okoth Omondi Ouma Ogutu Oduor Achieng Atieno Akinyi Adhiambo Awuor Anyango
    Apiyo Wafula Barasa Wanjala Simiyu Wekesa Makokha Mukhwana Shikuku Nekesa Nafula Nanjala Khaemba Masinde Ambani
    Nyaboke Kerubo Moraa Nyamongo Ombati Mogaka Onsongo Bosire Gesare Kwamboka Momanyi
"""
_EAST_AND_RIFT = """
    Mutua Musyoka Kioko Mutiso Mutuku Mwende Mumbua Nduku Mueni Mutinda Kilonzo Muthama Ndunda Kasyoka Katunge Mbithi
    Wambua Nthenya Syombua Kiprono Kiptoo Cheruiyot Koech Kones Chepkosgei Jepkosgei Rotich Kibet Chebet Kiplagat
    Jeptoo Lagat Sang Bett Langat Murithi Kirimi Mwenda Gatwiri Kinyua Kananu Nkatha Mutwiri Kimathi Gitonga Lemayian
    Nasieku Sankale Ntimama Saitoti Lekuton Leshore Ekai Lokwang Nakiru Guyo Galgalo Halake Boru
"""
_BAPTISMAL_MEN = """
    John Peter Joseph James Samuel David Stephen Daniel Paul Michael George Francis Simon Patrick Antony Charles Moses
    Kennedy Isaac Vincent Philip Geoffrey Brian Kevin Dennis Eric Victor Collins Martin Duncan Edwin Elijah Joshua
    Lawrence Nicholas Benson Jackson Wilson Robert Felix Emmanuel Alex Allan Amos Boniface Caleb Cyrus Ezekiel Gideon
"""
_BAPTISMAL_WOMEN = """
    Mary Grace Jane Faith Esther Ruth Lucy Margaret Ann Elizabeth Catherine Mercy Alice Rose Susan Nancy Caroline
    Beatrice Joyce Teresia Veronica Rebecca Sarah Josephine Naomi Christine Eunice Lydia Winnie Purity Agnes Monica
    Priscilla Tabitha Damaris Hannah Florence Gladys Irene Jacinta Lilian Milka Pauline Peris Sharon Stella Vivian
"""

MEN = f"{_BAPTISMAL_MEN} {_COAST_MEN} {_GIKUYU_MEN}".split()
WOMEN = f"{_BAPTISMAL_WOMEN} {_COAST_WOMEN} {_GIKUYU_WOMEN}".split()
FAMILY = f"{_GIKUYU_MEN} {_COAST_MEN} {_LAKE_AND_WEST} {_EAST_AND_RIFT}".split()
NICKNAMES = """
    Kim Karis Mode Baba Smallie Jojo Chege Mrefu Sonko Fundi Teacher Rasta Dogo Babu Star Kadogo Mzee Captain Prezzo
    Chali Tall Messi Maziwa Shorty Mama Kido Sister Doc Makanga Boy Simba
""".split()
