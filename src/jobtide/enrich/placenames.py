"""Which names of places does the slice of cities not hold? States, codes, nicknames, wide areas, and words that only look like towns.

Written by hand from the locations of boards and threads; what GeoNames says stands in ``data/geo``.
"""

STATES = {
    "Alabama": "AL", "Alaska": "AK", "Arizona": "AZ", "Arkansas": "AR", "California": "CA", "Colorado": "CO",
    "Connecticut": "CT", "Delaware": "DE", "District of Columbia": "DC", "Florida": "FL", "Georgia": "GA", "Hawaii": "HI",
    "Idaho": "ID", "Illinois": "IL", "Indiana": "IN", "Iowa": "IA", "Kansas": "KS", "Kentucky": "KY", "Louisiana": "LA",
    "Maine": "ME", "Maryland": "MD", "Massachusetts": "MA", "Michigan": "MI", "Minnesota": "MN", "Mississippi": "MS",
    "Missouri": "MO", "Montana": "MT", "Nebraska": "NE", "Nevada": "NV", "New Hampshire": "NH", "New Jersey": "NJ",
    "New Mexico": "NM", "New York State": "NY", "North Carolina": "NC", "North Dakota": "ND", "Ohio": "OH",
    "Oklahoma": "OK", "Oregon": "OR", "Pennsylvania": "PA", "Rhode Island": "RI", "South Carolina": "SC",
    "South Dakota": "SD", "Tennessee": "TN", "Texas": "TX", "Utah": "UT", "Vermont": "VT", "Virginia": "VA",
    "Washington State": "WA", "West Virginia": "WV", "Wisconsin": "WI", "Wyoming": "WY", "Puerto Rico": "PR",
}  # fmt: skip
PROVINCES = {
    "Alberta": "AB", "British Columbia": "BC", "Manitoba": "MB", "New Brunswick": "NB", "Newfoundland": "NL",
    "Nova Scotia": "NS", "Ontario": "ON", "Prince Edward Island": "PE", "Quebec": "QC", "Québec": "QC", "Saskatchewan": "SK",
}  # fmt: skip
COUNTRIES = {
    "USA": "US", "U.S.": "US", "U.S.A.": "US", "US": "US", "United States": "US", "United States of America": "US",
    "America": "US", "UK": "GB", "U.K.": "GB", "United Kingdom": "GB", "Great Britain": "GB", "Britain": "GB",
    "England": "GB", "Scotland": "GB", "Wales": "GB", "Northern Ireland": "GB", "UAE": "AE", "United Arab Emirates": "AE",
    "Deutschland": "DE", "España": "ES", "Österreich": "AT", "Schweiz": "CH", "Suisse": "CH", "Holland": "NL",
    "The Netherlands": "NL", "Netherlands": "NL", "Czech Republic": "CZ", "Czechia": "CZ", "South Korea": "KR", "Korea": "KR",
    "Taiwan": "TW", "Vietnam": "VN", "Viet Nam": "VN", "Russia": "RU", "Türkiye": "TR", "Turkey": "TR", "Brasil": "BR",
    "Italia": "IT", "Polska": "PL", "Macau": "MO", "México": "MX", "Macedonia": "MK", "Belgique": "BE", "België": "BE",
    "Allemagne": "DE", "Francia": "FR", "Frankreich": "FR", "Reino Unido": "GB", "Großbritannien": "GB", "Niederlande": "NL",
    "Pays-Bas": "NL", "Estados Unidos": "US", "États-Unis": "US", "Alemania": "DE", "Espagne": "ES", "Spanien": "ES", "Vereinigte Staaten": "US",
    "Republic of Ireland": "IE", "Éire": "IE", "Schweden": "SE", "Sverige": "SE", "Norge": "NO", "Danmark": "DK", "Suomi": "FI",
}  # fmt: skip
# Written -> (country, region, city). A region nickname without a city of its own names the region only.
NICKNAMES = {
    "NYC": ("US", "NY", "New York"), "New York": ("US", "NY", "New York"), "New York City": ("US", "NY", "New York"),
    "Manhattan": ("US", "NY", "New York"), "NY": ("US", "NY", ""), "NY, NY": ("US", "NY", "New York"), "Luxembourg": ("LU", "", "Luxembourg"), "SF": ("US", "CA", "San Francisco"),
    "SFO": ("US", "CA", "San Francisco"), "San Fran": ("US", "CA", "San Francisco"),
    "Bay Area": ("US", "CA", ""), "SF Bay Area": ("US", "CA", ""), "San Francisco Bay Area": ("US", "CA", ""),
    "Silicon Valley": ("US", "CA", ""), "South Bay": ("US", "CA", ""), "East Bay": ("US", "CA", ""),
    "LA": ("US", "CA", "Los Angeles"), "SoCal": ("US", "CA", ""), "DC": ("US", "DC", "Washington"),
    "Washington DC": ("US", "DC", "Washington"), "Washington D.C.": ("US", "DC", "Washington"), "Washington, D.C.": ("US", "DC", "Washington"),
    "Washington": ("US", "WA", ""), "Georgia": ("US", "GA", ""), "Philly": ("US", "PA", "Philadelphia"),
    "Research Triangle": ("US", "NC", ""), "Tel-Aviv": ("IL", "", "Tel Aviv"), "Tel Aviv": ("IL", "", "Tel Aviv"),
    "Gurgaon": ("IN", "", "Gurugram"), "Mexico City": ("MX", "", "Mexico City"),
    "CDMX": ("MX", "", "Mexico City"), "São Paulo": ("BR", "", "São Paulo"), "Sao Paulo": ("BR", "", "São Paulo"),
    "Krakow": ("PL", "", "Krakow"), "Kraków": ("PL", "", "Krakow"), "Zurich": ("CH", "", "Zurich"), "Zürich": ("CH", "", "Zurich"),
    "Hong Kong": ("HK", "", "Hong Kong"), "GTA": ("CA", "ON", "Toronto"), "KL": ("MY", "", "Kuala Lumpur"),
    "Montreal": ("CA", "QC", "Montreal"), "Montréal": ("CA", "QC", "Montreal"), "London": ("GB", "", "London"),
    "Cambridge": ("GB", "", "Cambridge"), "Cyprus": ("CY", "", ""), "Arlington": ("US", "VA", "Arlington"),
    "Saint Petersburg": ("RU", "", "Saint Petersburg"), "Brooklyn": ("US", "NY", "Brooklyn"), "Menlo Park": ("US", "CA", "Menlo Park"), "Singapore": ("SG", "", "Singapore"),
    "Victoria": ("CA", "BC", "Victoria"), "Vancouver": ("CA", "BC", "Vancouver"), "Valencia": ("ES", "", "Valencia"), "Ciudad de México": ("MX", "", "Mexico City"),
    "Ghent": ("BE", "", "Ghent"), "Gent": ("BE", "", "Ghent"), "Cluj": ("RO", "", "Cluj-Napoca"), "Aarhus": ("DK", "", "Aarhus"),
    "Århus": ("DK", "", "Aarhus"), "Genève": ("CH", "", "Geneva"), "Genf": ("CH", "", "Geneva"), "Reykjavik": ("IS", "", "Reykjavik"),
    "Reykjavík": ("IS", "", "Reykjavik"), "Emeryville": ("US", "CA", "Emeryville"), "Fort Meade": ("US", "MD", "Fort Meade"), "Presidio": ("US", "CA", "San Francisco"),
    "Walldorf": ("DE", "", "Walldorf"), "Koln": ("DE", "", "Cologne"), "Tuebingen": ("DE", "", "Tübingen"),
    "Research Triangle Park": ("US", "NC", ""), "RTP": ("US", "NC", ""), "DFW": ("US", "TX", ""), "Twin Cities": ("US", "MN", ""),
    "Chicagoland": ("US", "IL", ""), "Salt Lake": ("US", "UT", "Salt Lake City"), "Sophia Antipolis": ("FR", "", "Sophia Antipolis"),
    "Sophia-Antipolis": ("FR", "", "Sophia Antipolis"), "Annapolis Junction": ("US", "MD", "Annapolis Junction"),
    "Wright-Patterson AFB": ("US", "OH", ""), "New Jersey Area": ("US", "NJ", ""), "Orange County": ("US", "CA", ""),
    "Santa Cruz": ("US", "CA", "Santa Cruz"), "Long Island": ("US", "NY", "Long Island"), "SLC": ("US", "UT", "Salt Lake City"), "ATX": ("US", "TX", "Austin"),
    "Berne": ("CH", "", "Bern"), "Basle": ("CH", "", "Basel"), "Lucerne": ("CH", "", "Lucerne"), "Bruges": ("BE", "", "Brugge"),
    "Saint Louis": ("US", "MO", "St. Louis"), "San Fransisco": ("US", "CA", "San Francisco"), "San Franscisco": ("US", "CA", "San Francisco"),
    "Oporto": ("PT", "", "Porto"), "Bengalooru": ("IN", "", "Bangalore"), "Bangaluru": ("IN", "", "Bangalore"), "Penang": ("MY", "", "Penang"),
    "South San Francisco": ("US", "CA", "South San Francisco"), "Newcastle upon Tyne": ("GB", "", "Newcastle upon Tyne"),
}  # fmt: skip
RENAMED = {
    "New York City": "New York", "Kraków": "Krakow", "Zürich": "Zurich", "Montréal": "Montreal", "Québec": "Quebec City",
    "Bengaluru": "Bangalore", "Köln": "Cologne", "Tel Aviv-Yafo": "Tel Aviv", "Frankfurt am Main": "Frankfurt", "Ho Chi Minh City": "Ho Chi Minh City", "Washington, D.C.": "Washington",
}  # fmt: skip
# Towns of 15,000 people whose names are words of postings.
WORDS = frozenset({
    "and", "anywhere", "as", "at", "bar", "bath", "battle", "bay", "beach", "best", "brea", "campus", "can",
    "center", "central", "centre", "city", "commerce", "data", "date", "deal", "east", "eden", "el", "enterprise",
    "field", "flexible", "full", "general", "global", "grand", "green", "group", "ho", "home", "hope", "hq", "hub",
    "hybrid", "in", "independence", "industry", "international", "is", "kent", "la", "lead", "level", "los", "male",
    "man", "march", "may", "mission", "mobile", "most", "multiple", "new", "nice", "normal", "north", "of",
    "office", "on", "onsite", "open", "opportunity", "or", "orange", "park", "part", "reading", "remote", "rent",
    "sale", "san", "site", "south", "split", "start", "state", "team", "the", "this", "time", "un", "union",
    "university", "us", "valley", "van", "various", "we", "west", "work", "world", "worth", "young",
    "spring", "mentor", "billings", "federal", "alliance", "officer", "fleet", "mine", "peer", "semi", "jam", "pop", "roles",
    "thai", "republica", "kong", "solana", "metro", "soma", "vic", "salt", "lime", "media", "summit", "liberty", "eagle",
    "pioneer", "temple", "bell", "page", "delta", "victor", "gates", "banks", "price", "marketing", "sales", "solo", "para",
    "lion", "vele", "core", "cloud", "impact", "growth", "product", "platform", "senior", "staff", "junior", "engineer",
})  # fmt: skip
# States of other countries, by name and code: they say in which country a city lies, and "Chennai, TN" is not in Tennessee.
STATES_ABROAD = {
    "DE": "Bavaria|Bayern|Baden-Württemberg|Baden-Wuerttemberg|NRW|Nordrhein-Westfalen|North Rhine-Westphalia|Hessen|Hesse|Sachsen|Saxony|"
          "Niedersachsen|Lower Saxony|Rheinland-Pfalz|Schleswig-Holstein|Brandenburg|Thüringen|Saarland",
    "ES": "Catalonia|Cataluña|Catalunya|Andalusia|Andalucía|Comunidad de Madrid|Basque Country|País Vasco",
    "FR": "Provence-Alpes-Côte d'Azur|Auvergne-Rhône-Alpes|Occitanie|Nouvelle-Aquitaine|Hauts-de-France|Grand Est|Bretagne|Brittany",
    "IN": "Karnataka|Maharashtra|Telangana|Tamil Nadu|Haryana|Uttar Pradesh|West Bengal|Gujarat|Kerala|Rajasthan|Andhra Pradesh|TN|KA|MH|"
          "TS|TG|AP|HR|UP|DL|WB|GJ|RJ|PB",
    "AU": "New South Wales|Victoria|Queensland|South Australia|Western Australia|Tasmania|NSW|VIC|QLD|TAS|ACT|SA|WA|NT",
    "BR": "SP|RJ|MG|PR|SC|RS|PE|BA|CE|DF|GO|PA",
    "MX": "Jalisco|Nuevo León|Nuevo Leon|Estado de México|Querétaro|Baja California|BC|NL|JA|QR",
    "IT": "Lombardy|Lombardia|Lazio|Piemonte|Piedmont|Tuscany|Veneto|MI|RM|TO|GE|CT|BO|FI|PD|VE|NA|MB|BS",
    "NL": "Noord-Holland|North Holland|Zuid-Holland|South Holland|Noord-Brabant|North Brabant|NH|ZH|NB|UT",
    "BE": "Flanders|Vlaanderen|Wallonia", "CH": "ZH|VD|GE", "PL": "Mazowieckie|Masovian|Małopolska|Lesser Poland",
    "GB": "West Midlands|West Yorkshire|Surrey|Kent|Berkshire|Oxfordshire|Cambridgeshire|Hampshire",
    "IE": "County Dublin|Co. Dublin|Leinster|Munster", "GE": "Georgia",
}  # fmt: skip
# Areas wider than a country or of no country: their words name no place, and hide no smaller name inside them.
NOWHERE = frozenset({
    "north america", "south america", "latin america", "central america", "americas", "apac", "emea", "latam", "namer", "amer",
    "asia", "asia pacific", "east coast", "west coast", "european union", "southeast asia", "middle east", "central europe",
    "eastern europe", "western europe", "estado de mexico",
})  # fmt: skip
CODES = {
    "CAN": "CA", "AUS": "AU", "IND": "IN", "GER": "DE", "DEU": "DE", "GBR": "GB", "MEX": "MX", "BRA": "BR", "POL": "PL", "PRT": "PT",
    "NLD": "NL", "JPN": "JP", "ISR": "IL", "IRL": "IE", "FRA": "FR", "ESP": "ES", "CHE": "CH", "SWE": "SE",
}  # fmt: skip
# Codes that are also words: believed behind a comma or a dash only.
WORD_CODES = frozenset({"OK", "OR", "IN", "ME", "HI", "PR", "PA", "MD", "ID", "SO", "TO"})
# Other writings of large cities that mean nothing else; any other writing in plain letters is doubted in running text.
OTHER_WRITINGS = frozenset({
    "lisboa", "milano", "roma", "torino", "napoli", "firenze", "wien", "praha", "warszawa", "bruxelles", "brussel",
    "den haag", "the hague", "muenchen", "nuernberg", "nuremberg", "kiev", "cracow", "bombay", "madras", "calcutta",
    "saigon", "hcmc", "bangalore", "goteborg", "gothenburg", "malmo", "dusseldorf", "duesseldorf", "zuerich", "lodz",
    "wroclaw", "poznan", "gdansk", "bucuresti", "frankfurt", "hannover", "athina", "moskva", "koeln", "cologne",
    "munich", "bogota", "medellin", "sao paulo", "brasilia", "malaga", "cordoba", "zaragoza", "sevilla", "geneve",
    "lyons", "marseilles", "st louis", "new delhi", "tel aviv", "kobenhavn", "tehran", "beograd", "sankt petersburg",
    "st petersburg",
})  # fmt: skip
# The last word of a title that stands before a state: "Designer, TX" is no town.
OCCUPATIONS = frozenset({
    "engineer", "engineers", "designer", "manager", "developer", "developers", "scientist", "analyst", "specialist",
    "director", "lead", "therapist", "technician", "nurse", "executive", "representative", "associate", "consultant",
    "intern", "architect", "assistant", "coordinator", "office", "headquarters", "district", "liaison", "trainer",
    "advisor", "administrator", "recruiter", "roles", "positions", "team", "startup", "company", "agency", "firm", "client",
    "business", "industrial", "science", "corporate", "technology",
})  # fmt: skip
# Last words of towns' names that name none by themselves.
TOWNS_END = frozenset({"city", "park", "beach", "valley", "grove", "bay", "springs", "heights", "hills"})
# What stands beside a place's name without being part of it.
BESIDE = frozenset({
    "office", "offices", "hq", "headquarters", "area", "region", "hub", "campus", "remote", "hybrid", "onsite",
    "city", "metro", "greater", "downtown", "county", "based", "or", "and", "centre", "center", "north", "south",
    "east", "west", "central", "raum", "großraum", "bei", "near", "only", "preferred", "location", "site", "studio",
    "lab", "the", "in",
})  # fmt: skip
