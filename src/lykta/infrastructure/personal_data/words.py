"""Words around names: what says that one follows, what is a place, what only looks like a name."""


def _all(text: str) -> frozenset[str]:
    return frozenset(text.split())


# After these a name follows, however it is written.
CALLED = _all(
    """
    heter hette kallad kallades kallas namn namnet signerad smeknamn smeknamnet undertecknad
    """
)
CALLED_BY_TWO = frozenset(
    ("fråga efter", "hälsa till", "i namnet", "jag är", "kallade sig", "kallar sig",
     "ska heta", "säg till", "undertecknat av", "vid namn")
)  # fmt: skip
# May stand between such a word and the name.
FILLERS = _all(
    """
    den en för han hon jag med nog något nåt tror tydligen visst väl
    """
)
# What only people do, and who they are to others: after any capital at the head of a sentence.
ACTS_OF_PEOPLE = _all(
    """
    bad ber berättade berättar bodde bor bror brorsa dotter far filmade filmar fixar granne
    heter hittade hjälpte hotade hotar hör hörde jobbar kompis kompisar lagade larmade låser
    låste mamma mejlade moppe mor mår nämnde pappa polare ringde ringer sa sade sambo ser
    skrek slog släckte son sparkade sprang syrra syster säger såg tappade trodde tror vill
    ville vägrade äger
    """
)
# How people are called by those who know them; no list of given names has these.
NICKNAMES = _all(
    """
    abbe adde affe anki bengan benny berra bettan bibbi birgitta bosse conny crille danne
    fredde gittan gunsan gurra hasse hempa jacke jeppe jocke johnny jompa jonte kalle kenny
    kenta kia kicki krille kurre lasse lillan linus lollo lotta ludde maggan mange micke
    nettan nicke nillan nisse olle pelle pompe putte robban ronny sebbe sonny steffe sussi
    titti tobbe tommy tompa totte uffe ulla vicke wille zacke zebbe
    """
)
# What ordinary words end with, so that a capital at the head of a sentence is only that.
NOUN_ENDINGS = (
    "ad", "ar", "are", "at", "else", "en", "er", "es", "et", "het", "ion", "iskt", "ligt",
    "na", "ning", "nr", "nummer", "or",
)  # fmt: skip
# Words that are names too, and in a report are nearly always the word.
ORDINARY = _all(
    """
    ali all alla alm andra annat april ask aska augusti berg bergs bil björk björn bl blom blå
    bo bord bro bror ca dag dagar dal de december den det dom du ek eld ella ellen em en er
    ett eva fall fem flod fors fredag fri frid ful fyra glad glans gran gren grund gul gun
    gård hall hammar han hans hav hed hej hel hell hem holm hon hund hus i id ingen is ja jag
    jakt jan januari jo jord ju jul juli juni kaj kim kl klar kort kung lag land lejon lgh
    lilja lin lind liten liv ljung ljus lo love lucia lugn lund lördag mail maj man mark mars
    matte may mejl men mer midsommar min mitt mo mor mur måndag natt nej ner ni nio nord norr
    november nr nu ny nyman någon nån obs ok oktober om on onsdag ost palle park pers pga på
    påsk rask reg ren ris robin ros rosa rot rut rätt sam sand sann se sen september sex sigma
    sju sjö skog skola sms snö sol stad stark sten stig stor strand ström sund svart sven
    svensk syd söder söndag tack tage tall tel tim tio tisdag tom tor torn torsdag trappa
    trappan tre två törn under ut valborg vara vera vi vid vide vik ville viola väg väst våg
    vår ä äng å åker åtta ö öst öster över
    """
)
# Words that no one is called, so that a capital at the head of a sentence is only that.
COMMON = ORDINARY | _all(
    """
    annan bara barn barnen bilar bilen blev boende bor brand bråk buller båda cykel cykeln
    dörr dörren efter elev eleven fick flera flickan folk fråga får gamla gick glas grannen
    grå går hade halva har hela heter hiss hittade hotet kallas kan killen klotter kom
    kontakta kontroll kvinnan lampan lampor larm larmet lilla läraren maila mannen mc mejla
    mobil moped mopeder motorcykel många måste nya några ordningsvakt personal personalen
    personen personer pojken polis polisen port rapport rektorn ring ringde ringer rånaren röd
    rök samma samtal satt silvrig ska skicka skickar skrik skriv skräp slagsmål snattaren stod
    stora såg taxi tjejen tog ungdomar ungdomarna vakten var varje vill vit vittne vittnet
    väktare
    """
)
# What a word ends with when it is the name of a place.
PLACE_ENDINGS = (
    "allén", "backe", "backen", "berget", "bron", "centrum", "dalen", "gallerian", "gatan",
    "gatans", "gränd", "gården", "hallen", "huset", "häcken", "kyrkan", "köpet", "parken",
    "parkens", "planen", "plantor", "sjön", "skogen", "skolan", "skolans", "stigen",
    "stången", "stånget", "torget", "torgets", "tunneln", "tåget", "udden", "viken", "vägen",
    "vägens",
)  # fmt: skip
# What stands after a name when together they are a place or a thing.
PLACES = (
    "affisch", "allé", "backe", "bageri", "basun", "berg", "bro", "däck", "förskola", "gata",
    "gatan", "gränd", "gård", "hall", "ketchup", "kiosk", "kran", "krog", "kruka", "kvarn",
    "kyrka", "lekplats", "livs", "målning", "park", "pizzeria", "plats", "sjö", "skatt",
    "skola", "spelet", "station", "stig", "torg", "torp", "trappa", "tunnel", "udde", "vik",
    "väg", "vägen", "äng",
)  # fmt: skip
# Before what is a place rather than a person.
BEFORE_PLACES = _all(
    """
    bakom butiken föreningen förskolan genom hotell i kiosken kring längs mellan mot nära på
    restaurang runt skolan stationen under utanför vid över
    """
)
# Capitals that are things, makers and chains.
THINGS = _all(
    """
    apoteket arriva audi avarn bankid biltema bmw bolt circle coop elgiganten ellevio epa
    facebook foodora ford golf google hemfrid hemköp huge ica ikea jula keolis kia kone lidl
    max maxi mcdonalds mercedes mtr ncc nobina okq8 opel otis passat peab peugeot postnord
    preem saab schindler securitas skanegy skanska skoda sl snap snapchat sos swish
    systembolaget telenor telia tesla tier toyota vattenfall voi volvo willys wolt åhléns
    """
)
