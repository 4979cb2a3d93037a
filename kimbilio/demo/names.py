"""Common Kenyan names, from which the demo's fictional people are put together."""

MALE = (
    "Kamau Mwangi Njoroge Kariuki Karanja Kimani Mburu Waweru Ndungu Macharia Gitau Maina Peter John Joseph "
    "James Samuel David Stephen Daniel Juma Hamisi Bakari Omar Said Ali Rashid Mohamed Salim Abdalla Kahindi "
    "Karisa Katana Baya Charo Kazungu Safari Ngala Otieno Ochieng Odhiambo Wafula Barasa Mutua Musyoka Kioko"
).split()
FEMALE = (
    "Wanjiku Wanjiru Njeri Wambui Nyambura Wairimu Muthoni Wangari Mary Grace Jane Faith Esther Ruth Amina "
    "Fatuma Halima Mwanajuma Zainab Rehema Kadzo Sidi Pendo Dama Kache Achieng Atieno Akinyi Mwende Mumbua"
).split()
SURNAMES = (
    "Kamau Mwangi Njoroge Kariuki Karanja Kimani Mburu Waweru Ndungu Macharia Gitau Maina Njuguna Thuo Muiruri "
    "Ngugi Gathogo Juma Hamisi Bakari Omar Said Ali Rashid Mohamed Salim Abdalla Kahindi Karisa Katana Baya Charo "
    "Kazungu Safari Ngala Mwaringa Otieno Ochieng Odhiambo Wafula Barasa Mutua Musyoka Kioko"
).split()
NICKNAMES = (
    "Kim Karis Mode Baba Smallie Jojo Chege Mrefu Kamotho Sonko Fundi Teacher Rasta Dogo Babu Star".split()
)
