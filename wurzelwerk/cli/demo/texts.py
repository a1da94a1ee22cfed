"""What counsellors and households of the story write and say; invented."""

NOTES = (
    ("conversation", "housing", "Wohnsituation besprochen. Die Räume reichen nicht, die Kinder teilen sich ein Bett."),
    ("conversation", "housing", "Wünsche und Grenzen bei der Wohnungssuche aufgenommen. Nähe zur Schule ist wichtig."),
    ("conversation", "livelihood", "Bescheid des Jobcenters durchgesehen und die Kosten der Unterkunft erklärt."),
    ("phone", "authorities", "Rückruf: Unterlagen sind vollständig, der Antrag liegt zur Bearbeitung vor."),
    ("phone", "housing", "Nachfrage zum Stand der Suche. Noch kein Angebot; die Familie bleibt zuversichtlich."),
    ("home_visit", "housing", "Hausbesuch in der Unterkunft. Feuchte Wand im Schlafraum fotografiert und gemeldet."),
    ("accompaniment", "authorities", "Zum Wohnungsamt begleitet, Antrag auf Wohnberechtigungsschein gestellt."),
    (
        "conversation",
        "education",
        "Anmeldung in der Schule vorbereitet, Termin bei der Seiteneinstiegsberatung notiert.",
    ),
    ("conversation", "work", "Zeugnisse gesichtet. Beratung zur Anerkennung vereinbart."),
    ("message", "arrival", "Adresse des Sprachkurses und Weg dorthin geschickt."),
    ("conversation", "health", "Krankenkasse gewählt, Kinderarztpraxis im Quartier gefunden."),
    ("third_party", "housing", "Mit der Unterkunftsleitung über die Frist zum Auszug gesprochen."),
)

GOALS = (
    "Wir möchten eine eigene Wohnung mit einer Tür, die wir abschließen können.",
    "Ich will, dass die Kinder nicht wieder die Schule wechseln müssen.",
    "Ich möchte in Ruhe lernen und dann arbeiten.",
    "Wir wollen in der Nähe meiner Schwester wohnen.",
    "Ich möchte die Briefe vom Amt selbst verstehen.",
    "Wir wollen keine Schulden mehr haben.",
    "Ich will wieder in meinem Beruf arbeiten.",
    "Wir möchten ein Zimmer für meine Mutter, ohne Treppen.",
)

STEPS = (
    "Wohnberechtigungsschein beantragen",
    "Mietbescheinigung ausfüllen lassen",
    "Einkommensnachweise der letzten drei Monate sammeln",
    "Mietschuldenfreiheit bestätigen lassen",
    "Termin beim Jobcenter vereinbaren",
    "Kinder in der Schule anmelden",
    "Konto eröffnen",
    "Schufa-Auskunft anfordern (kostenlose Datenkopie)",
    "Sprachkurs heraussuchen und anmelden",
    "Freigabe in Ruhe zu Hause lesen",
)

VIEWING_PLACES = ("vor dem Haus", "am Eingang, bitte klingeln bei Verwaltung", "Treffpunkt am Hoftor")

OVERRIDES = (
    "Die Familie hat nach langer Krankheit der Mutter eine Zusage der Klinik um die Ecke; der Weg zählt hier mehr.",
    "Der Eigentümer kennt die Familie aus der Nachbarschaft und hat ausdrücklich nach ihr gefragt.",
    "Die Räumung der Unterkunft ist vorgezogen worden, das stand noch nicht im Profil.",
)

CONTACT_LINES = (
    "Brief vom Jobcenter vorgelesen und erklärt.",
    "Fragt, wo es Wohnberechtigungsscheine gibt.",
    "Sucht einen Sprachkurs mit Kinderbetreuung.",
    "Formular für die Anmeldung mitgegeben.",
    "Heizung seit zwei Wochen kalt; Mieterverein genannt.",
    "Kommt morgen mit Unterlagen wieder.",
    "An die Schuldnerberatung verwiesen.",
    "Möchte wissen, wie man ein Konto eröffnet.",
)
