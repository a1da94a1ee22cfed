"""Invented people's names, by the language that is spoken at home. Any likeness is chance."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Naming:
    """Names of one language: given names of women and men, family names, and how often it occurs."""

    language: str
    weight: int
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    eu: bool = False


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NAMINGS = (
    Naming(
        "ar", 24,
        _words("Samira Rana Hala Nour Lina Aya Dima Reem Huda Salma Yasmin Maha Rasha Amal"),
        _words("Yusuf Omar Khaled Samir Tarek Anas Bilal Hassan Karim Nabil Walid Ziad Majd Firas"),
        _words("Al-Khatib Haddad Darwish Al-Masri Saleh Nasser Qasem Al-Ahmad Hamdan Sabbagh Yassin Barakat"),
    ),
    Naming(
        "bg", 14,
        _words("Desislava Elena Mariya Rositsa Ivanka Kalina Snezhana Tsvetelina Gergana Zlatka"),
        _words("Dimitar Georgi Stoyan Plamen Krasimir Asen Rumen Ognyan Mitko Angel"),
        _words("Asenov Todorov Kolev Marinov Stefanov Iliev Angelov Hristov Mihaylov Vasilev"),
        eu=True,
    ),
    Naming(
        "ro", 14,
        _words("Ioana Andreea Mihaela Florentina Daniela Crina Loredana Simona Roxana Viorica"),
        _words("Ionuț Marius Florin Cătălin Gheorghe Vasile Adrian Costel Sorin Petru"),
        _words("Munteanu Lăcătuș Dobre Stan Oprea Voicu Rusu Călin Preda Ciobanu"),
        eu=True,
    ),
    Naming(
        "uk", 14,
        _words("Oksana Iryna Tetiana Natalia Yuliia Svitlana Olena Kateryna Halyna Daryna"),
        _words("Andrii Oleksandr Mykola Serhii Bohdan Taras Yevhen Vasyl Roman Dmytro"),
        _words("Kovalenko Bondarenko Shevchuk Melnyk Tkachenko Kravets Lysenko Moroz Havryliuk Savchuk"),
    ),
    Naming(
        "tr", 10,
        _words("Ayşe Zeynep Elif Derya Gülsüm Sevgi Büşra Nuray Meryem Songül"),
        _words("Mehmet Emre Hakan Serkan Yusuf Murat İbrahim Kadir Orhan Selim"),
        _words("Yıldırım Çelik Aydın Şahin Kaplan Öztürk Demirci Koç Arslan Güneş"),
    ),
    Naming(
        "prs", 8,
        _words("Fatima Zahra Shirin Parwana Maryam Laila Nilofar Soraya"),
        _words("Ahmad Farid Jawad Mustafa Reza Haroon Sohrab Navid"),
        _words("Rahimi Ahmadi Karimi Hosseini Nazari Amiri Sultani Mohammadi"),
    ),
    Naming(
        "ti", 5,
        _words("Selam Bisrat Feven Luwam Rahwa Senait Winta Saba"),
        _words("Yonas Filmon Abel Robel Kibrom Natnael Merhawi Samuel"),
        _words("Tesfay Gebremedhin Habte Kidane Berhe Woldu Ghirmay Tekle"),
    ),
    Naming(
        "kmr", 5,
        _words("Berfîn Rojda Zîn Evîn Nesrîn Gulan Dilan Hêvî"),
        _words("Baran Azad Rêber Serhat Kawa Dilovan Şiyar Welat"),
        _words("Ose Hesen Xalid Silo Derwêş Mirza Elî Bozan"),
    ),
    Naming(
        "en", 3,
        _words("Blessing Grace Patience Joy Esther Mercy"),
        _words("Emmanuel Samuel Kofi Daniel Joseph Kwame"),
        _words("Okonkwo Mensah Boateng Adeyemi Owusu Eze"),
    ),
    Naming(
        "pl", 3,
        _words("Agnieszka Beata Joanna Katarzyna Ewa Renata"),
        _words("Paweł Tomasz Krzysztof Łukasz Marek Wojciech"),
        _words("Wójcik Kamiński Zając Pawlak Sikora Baran"),
        eu=True,
    ),
)  # fmt: skip

OWN_SCRIPT = {
    language: dict(zip(_words(latin), _words(written), strict=True))
    for language, latin, written in (
        (
            "ar",
            "Samira Rana Hala Nour Lina Aya Dima Reem Huda Salma Yasmin Maha Rasha Amal Yusuf Omar Khaled Samir "
            "Tarek Anas Bilal Hassan Karim Nabil Walid Ziad Majd Firas Al-Khatib Haddad Darwish Al-Masri Saleh "
            "Nasser Qasem Al-Ahmad Hamdan Sabbagh Yassin Barakat",
            "سميرة رنا هالة نور لينا آية ديما ريم هدى سلمى ياسمين مها رشا أمل يوسف عمر خالد سمير طارق أنس بلال "
            "حسن كريم نبيل وليد زياد مجد فراس الخطيب حداد درويش المصري صالح ناصر قاسم الأحمد حمدان صباغ ياسين "
            "بركات",
        ),
        (
            "uk",
            "Oksana Iryna Tetiana Natalia Yuliia Svitlana Olena Kateryna Halyna Daryna Andrii Oleksandr Mykola "
            "Serhii Bohdan Taras Yevhen Vasyl Roman Dmytro Kovalenko Bondarenko Shevchuk Melnyk Tkachenko "
            "Kravets Lysenko Moroz Havryliuk Savchuk",
            "Оксана Ірина Тетяна Наталія Юлія Світлана Олена Катерина Галина Дарина Андрій Олександр Микола "
            "Сергій Богдан Тарас Євген Василь Роман Дмитро Коваленко Бондаренко Шевчук Мельник Ткаченко Кравець "
            "Лисенко Мороз Гаврилюк Савчук",
        ),
    )
}
"""How people write these names themselves."""

OWNER_FAMILIES = _words(
    "Ahlmann Bergkamp Castrup Dörnemann Eickhoff Feldhaus Grotehues Hülsmann Isenberg Jostmeier Kampmann Lohkamp "
    "Middendorf Niehues Overbeck Pielsticker Quante Rüschenschmidt Steinmann Tillmanns Ueding Vahrenholt Westhues "
    "Zumbrock Aslan Baumeister Brüggemann Cordes Dahlhoff Erdmann Fischer-Groß Gerling Hagedorn Imhoff Kleine-Beck "
    "Lammers Mertens Nölle Oberste Petermann"
)
OWNER_GIVEN = _words(
    "Anneliese Bruno Christa Dietmar Edeltraud Friedhelm Gisela Heinz-Werner Ingrid Jürgen Karin Lothar Margret "
    "Norbert Ortrud Paul-Heinz Rosemarie Siegfried Ursula Volker Ayten Mehmet Svetlana Tobias"
)
OWNER_BODIES = (
    "Wohnbau Emscherufer GmbH (erfunden)",
    "Baugenossenschaft Kohlenglück eG (erfunden)",
    "Evangelischer Wohnfonds Westfalen (erfunden)",
    "Hausverwaltung Phoenixsee & Partner (erfunden)",
    "Stiftung Nachbarschaft Nord (erfunden)",
    "Immobilien Schwanenwall KG (erfunden)",
    "Siedlungswerk Zeche Vorwärts (erfunden)",
    "Bürgerhausverein Hafenquartier e. V. (erfunden)",
)
STREETS = {
    "hafen": _words("Schleusengasse Kranweg Speicherzeile Ankerplatzstraße"),
    "nordmarkt": _words("Marktwinkel Laternenstraße Fliedergang Handwerkerstraße"),
    "borsigplatz": _words("Stahlwerkergasse Kokerring Meisterweg Siegerstraße"),
    "innenstadt-west": _words("Klinikgang Kreuzgarten Unionswinkel"),
    "innenstadt-ost": _words("Kaiserhain Körnergarten Ostwallgasse"),
    "eving": _words("Fördergerüstweg Nollendorfer-Hof Minsterweg"),
    "scharnhorst": _words("Gleiwitzer-Anger Droste-Winkel Siedlerpfad"),
    "brackel": _words("Hellwegbogen Knappenhof Reiterpfad"),
    "aplerbeck": _words("Emscherquelle Rodenbogen Schürenhang"),
    "hoerde": _words("Hochofenstraße Clarenbogen Seekante"),
    "hombruch": _words("Harkortgang Krückenbogen Eichlinghang"),
    "luetgendortmund": _words("Westrichbogen Theresienhof Limbeckgang"),
    "huckarde": _words("Rahmergarten Kokereiblick Jungferntalweg"),
    "mengede": _words("Amtshausgang Burgringweg Adalbertbogen"),
}
POSTCODES = {
    "hafen": "44147", "nordmarkt": "44145", "borsigplatz": "44145", "innenstadt-west": "44137",
    "innenstadt-ost": "44141", "eving": "44339", "scharnhorst": "44328", "brackel": "44309", "aplerbeck": "44287",
    "hoerde": "44263", "hombruch": "44225", "luetgendortmund": "44388", "huckarde": "44369", "mengede": "44359",
}  # fmt: skip
