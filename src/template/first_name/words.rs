//! The word lists behind the reading of first names: folded (small letters, no accents, no full stops) and sorted.

/// Before a name: courtesy, degrees, trades, ranks.
#[rustfmt::skip]
pub(super) const TITLES: &[&str] = &[
    "abg", "abogada", "abogado", "arq", "arquitecta", "arquitecto", "brother", "capt", "captain", "chef", "coach",
    "col", "cpa", "d", "dame", "dj", "doctor", "doctora", "don", "dona", "dr", "dra", "dª", "father", "fr", "frau",
    "gen", "herr", "hon", "imam", "ing", "ingeniera", "ingeniero", "judge", "lady", "lic", "licenciada", "licenciado",
    "lord", "lt", "madam", "madame", "maestra", "maestro", "master", "miss", "mlle", "mme", "monsieur", "mr", "mrs",
    "ms", "mtra", "mtro", "mx", "pastor", "prof", "profa", "profesor", "profesora", "professor", "rabbi", "rev",
    "reverend", "senor", "senora", "senorita", "sgt", "sir", "sister", "sr", "sra", "srta",
];

/// After a name: generations, degrees, trades.
#[rustfmt::skip]
pub(super) const SUFFIXES: &[&str] = &[
    "ba", "bsc", "cbe", "ceo", "cfa", "cfo", "cmo", "cpa", "cto", "dds", "do", "dphil", "dr", "dvm", "edd", "esq",
    "filho", "founder", "frcs", "hijo", "ii", "iii", "ing", "iv", "jd", "jr", "junior", "lic", "llb", "llm", "ma",
    "mba", "mbe", "md", "mph", "msc", "obe", "pe", "phd", "pmp", "rn", "senior", "sr",
];

/// Small words inside names.
#[rustfmt::skip]
pub(super) const PARTICLES: &[&str] = &[
    "a", "abu", "af", "al", "and", "av", "ben", "bin", "d", "da", "das", "de", "del", "den", "der", "des", "di", "do",
    "dos", "du", "e", "el", "et", "i", "ibn", "l", "la", "las", "le", "lo", "los", "mac", "saint", "san", "santa",
    "st", "ten", "ter", "und", "van", "von", "y", "zu", "zur",
];

/// Words that make a name an organisation, wherever they stand.
#[rustfmt::skip]
pub(super) const ORGANISATION: &[&str] = &[
    "academia", "academy", "aerolineas", "ag", "agencia", "agency", "airlines", "airways", "alcaldia", "argentina",
    "asociacion", "association", "atencion", "australia", "auto", "autos", "ayuda", "ayuntamiento", "bakery", "banco",
    "bank", "bar", "beauty", "books", "bot", "brasil", "brazil", "cafe", "canada", "care", "cf", "chile", "church",
    "cia", "city", "ciudad", "cliente", "clientes", "clinic", "clinica", "club", "co", "coffee", "colegio", "college",
    "colombia", "community", "company", "comunidad", "consulting", "consultores", "corp", "corporation", "council",
    "customer", "daily", "deutschland", "diario", "ecuador", "editorial", "equipo", "escuela", "espana", "estudio",
    "eu", "europa", "europe", "eventos", "events", "fanpage", "fans", "farmacia", "fashion", "fc", "festival",
    "films", "fitness", "foundation", "france", "francia", "fundacion", "games", "gaming", "germany", "global",
    "gmbh", "gobierno", "government", "group", "grupo", "gym", "help", "holding", "holdings", "hospital", "hostal",
    "hotel", "iberia", "iglesia", "inc", "inmobiliaria", "institute", "instituto", "insurance", "internacional",
    "international", "italia", "italy", "lab", "labs", "latam", "latinoamerica", "libros", "llc", "llp", "ltd",
    "magazine", "market", "media", "memes", "mercado", "mexico", "ministerio", "ministry", "moda", "motors", "museo",
    "museum", "music", "network", "news", "noticias", "official", "oficial", "outlet", "panaderia", "partido",
    "party", "peru", "pharmacy", "plc", "police", "policia", "portugal", "prensa", "press", "pub", "radio", "realty",
    "records", "restaurant", "restaurante", "revista", "sa", "salon", "sas", "sc", "school", "seguros", "service",
    "services", "servicio", "servicios", "shop", "sistemas", "sl", "slu", "software", "soluciones", "solutions",
    "soporte", "spa", "spain", "srl", "store", "studio", "studios", "supermarket", "supermercado", "support",
    "systems", "taller", "team", "teatro", "technologies", "theatre", "tienda", "tours", "travel", "tv", "uk",
    "union", "universidad", "university", "uruguay", "usa", "viajes", "world", "yoga",
];

/// Words that begin nicknames and slogans rather than names.
#[rustfmt::skip]
pub(super) const NOT_A_NAME: &[&str] = &[
    "admin", "administrator", "algo", "alguien", "all", "amor", "an", "angry", "anon", "anonymous", "anti", "any",
    "anyone", "azul", "bad", "bear", "best", "better", "big", "bird", "bitcoin", "black", "blanco", "blue", "born",
    "boy", "bright", "bro", "broken", "buenas", "buenos", "burger", "casa", "cat", "chica", "chico", "coca", "code",
    "como", "con", "contact", "contacto", "cool", "cosmic", "crazy", "crypto", "cuando", "cyber", "dad", "daily",
    "dark", "data", "day", "desde", "digital", "dog", "donde", "dragon", "dude", "el", "electric", "every",
    "everyday", "everyone", "ex", "fake", "fast", "father", "feliz", "fire", "first", "former", "fox", "free",
    "fresh", "future", "game", "gamer", "gato", "gente", "gentleman", "girl", "golden", "good", "gracias", "gran",
    "gray", "great", "green", "grey", "guest", "guy", "happy", "hasta", "hello", "her", "here", "hey", "hi", "hidden",
    "high", "his", "hola", "hombre", "hot", "how", "husband", "hyper", "i", "ice", "im", "info", "invisible",
    "invitado", "junior", "just", "king", "la", "lady", "las", "last", "lazy", "life", "light", "lion", "little",
    "live", "living", "loca", "loco", "lonely", "long", "lord", "los", "lost", "love", "low", "loyal", "lunar", "mad",
    "made", "mama", "man", "mas", "mega", "member", "menos", "mi", "micro", "miembro", "mini", "mis", "moderador",
    "moderator", "mom", "moon", "mother", "mucho", "mujer", "mum", "mundo", "muy", "my", "nada", "nadie", "negra",
    "negro", "neon", "new", "next", "nft", "night", "no", "nobody", "not", "nuestra", "nuestro", "nuevo", "official",
    "old", "one", "only", "orange", "oscuro", "our", "panda", "papa", "para", "peace", "pepsi", "perro", "pink",
    "pixel", "pizza", "please", "poor", "por", "prince", "princess", "pro", "proud", "pura", "pure", "puro", "purple",
    "que", "queen", "random", "real", "red", "reina", "retro", "rey", "rich", "roja", "rojo", "sad", "save", "secret",
    "senior", "senor", "shadow", "short", "silent", "silver", "simply", "sin", "sis", "sleepy", "slow", "small",
    "solar", "solo", "some", "someone", "somos", "soy", "star", "stop", "storm", "su", "sun", "super", "sus", "sweet",
    "team", "tech", "thank", "thanks", "that", "the", "their", "these", "this", "those", "three", "thunder", "tiger",
    "tiny", "todo", "triste", "true", "tu", "tus", "two", "ultra", "un", "una", "unas", "unknown", "unos", "user",
    "usuario", "vamos", "verde", "vida", "vieja", "viejo", "viva", "web", "weekly", "what", "when", "where", "white",
    "who", "why", "wife", "wild", "wolf", "woman", "yellow", "yo", "your",
];

/// Common first names in English and Spanish: they settle which side of a comma is which, and mend the case of "ana ruiz".
#[rustfmt::skip]
pub(super) const GIVEN: &[&str] = &[
    "aaron", "abel", "abigail", "abraham", "adam", "adela", "adolfo", "adrian", "adriana", "agustin", "aida",
    "ainhoa", "aitor", "alan", "alba", "albert", "alberto", "alejandra", "alejandro", "alex", "alexander",
    "alexandra", "alexis", "alfonso", "alfredo", "alice", "alicia", "allison", "almudena", "alvaro", "amaia",
    "amanda", "amber", "amelia", "amparo", "amy", "ana", "anais", "anastasia", "andrea", "andres", "andrew", "andy",
    "angel", "angela", "angeles", "angelica", "anita", "ann", "anna", "anne", "anthony", "antonia", "antonio",
    "araceli", "ariana", "armando", "arthur", "arturo", "ashley", "asuncion", "audrey", "aurora", "austin", "barbara",
    "beatriz", "belen", "ben", "benito", "benjamin", "bernardo", "beth", "betty", "bill", "blanca", "bob", "borja",
    "brad", "brandon", "brenda", "brian", "bruce", "bruno", "bryan", "caleb", "camila", "camilo", "carla", "carlos",
    "carmen", "carol", "carolina", "caroline", "catalina", "catherine", "cecilia", "celia", "cesar", "charles",
    "charlie", "charlotte", "chloe", "chris", "christian", "christina", "christine", "christopher", "clara",
    "claudia", "clement", "cristian", "cristina", "cristobal", "cynthia", "daisy", "damian", "dani", "daniel",
    "daniela", "danielle", "dario", "dave", "david", "deborah", "denis", "dennis", "diana", "diane", "diego",
    "dolores", "domingo", "dominic", "donald", "donna", "dorothy", "dylan", "edgar", "edith", "eduardo", "edward",
    "elena", "eli", "elias", "elisa", "elisabet", "elizabeth", "ella", "ellen", "emilia", "emiliano", "emilio",
    "emily", "emma", "emmanuel", "enrique", "eric", "erica", "ernesto", "esteban", "estefania", "esther", "ethan",
    "eugenia", "eugenio", "eva", "evan", "evelyn", "ezequiel", "fabian", "fabiola", "fatima", "federico", "felipe",
    "felix", "fernanda", "fernando", "fiona", "florencia", "frances", "francis", "francisca", "francisco", "frank",
    "gabriel", "gabriela", "gary", "gemma", "gene", "george", "georgia", "gerald", "gerardo", "german", "gilbert",
    "gina", "gloria", "gonzalo", "grace", "graciela", "graham", "greg", "gregorio", "gregory", "guadalupe",
    "guillermo", "gustavo", "hannah", "harold", "harry", "hazel", "heather", "hector", "helen", "helena", "henry",
    "hernan", "hope", "hugo", "ian", "ignacio", "imanol", "ines", "inma", "inmaculada", "irene", "iris", "isaac",
    "isabel", "isabella", "ismael", "ivan", "jack", "jackson", "jacob", "jacqueline", "jaime", "jake", "james",
    "jamie", "jane", "janet", "jason", "javier", "jay", "jean", "jeff", "jeffrey", "jennifer", "jeremy", "jerry",
    "jesse", "jessica", "jesus", "jim", "jimena", "jimmy", "joan", "joanna", "joaquin", "joe", "joel", "john",
    "johnny", "jon", "jonathan", "jordan", "jordi", "jorge", "jose", "josefa", "josep", "joseph", "joshua", "josue",
    "joyce", "juan", "juana", "judith", "judy", "julia", "julian", "juliana", "julie", "julieta", "julio", "justin",
    "karen", "karina", "karl", "kate", "katherine", "kathleen", "kathryn", "katie", "keith", "kelly", "ken",
    "kenneth", "kevin", "kim", "kimberly", "kyle", "larry", "laura", "lauren", "lawrence", "leandro", "leo", "leon",
    "leonardo", "leonor", "leticia", "liam", "lidia", "lily", "linda", "lisa", "logan", "lola", "lorena", "lorenzo",
    "louis", "louise", "lourdes", "lucas", "lucia", "lucy", "luis", "luisa", "luke", "luz", "lynn", "macarena",
    "magdalena", "maite", "manuel", "manuela", "marc", "marcela", "marcelo", "marco", "marcos", "margaret",
    "margarita", "maria", "mariana", "mariano", "marina", "mario", "marisa", "marisol", "mark", "marta", "martha",
    "martin", "martina", "mary", "mateo", "matias", "matt", "matthew", "mauricio", "maximiliano", "maya", "megan",
    "melissa", "mercedes", "mia", "micaela", "michael", "michelle", "miguel", "mike", "mikel", "milagros", "miranda",
    "miriam", "mohamed", "mohammed", "moises", "molly", "monica", "monika", "montse", "montserrat", "muhammad",
    "nacho", "nancy", "natalia", "natalie", "nathan", "nathaniel", "nerea", "nestor", "nicholas", "nick", "nicolas",
    "nicole", "nieves", "noah", "noelia", "nora", "norma", "nuria", "octavio", "olga", "oliver", "olivia", "omar",
    "oriol", "oscar", "osvaldo", "pablo", "paco", "paloma", "pamela", "paola", "patricia", "patricio", "patrick",
    "paul", "paula", "pedro", "penelope", "pepe", "peter", "phil", "philip", "pilar", "rachel", "rafael", "ralph",
    "ramiro", "ramon", "raquel", "raul", "raymond", "rebeca", "rebecca", "regina", "renata", "ricardo", "richard",
    "rick", "rita", "rob", "robert", "roberto", "robin", "rocio", "rodolfo", "rodrigo", "roger", "roman", "ronald",
    "rosa", "rosalia", "rosario", "rose", "roy", "ruben", "russell", "ruth", "ryan", "salvador", "sam", "samantha",
    "samuel", "sandra", "santiago", "sara", "sarah", "scott", "sean", "sebastian", "sergi", "sergio", "sharon",
    "sheila", "silvia", "simon", "sofia", "soledad", "sonia", "sophia", "sophie", "stephanie", "stephen", "steve",
    "steven", "susan", "susana", "tamara", "tania", "tatiana", "teresa", "terry", "theresa", "thomas", "tim",
    "timothy", "todd", "tom", "tomas", "tony", "tracy", "travis", "trinidad", "tyler", "unai", "valentina", "valeria",
    "vanesa", "vanessa", "veronica", "vicente", "victor", "victoria", "vincent", "virginia", "walter", "wayne",
    "wendy", "will", "william", "xavier", "ximena", "yaiza", "yesenia", "yolanda", "zachary", "zoe",
];
