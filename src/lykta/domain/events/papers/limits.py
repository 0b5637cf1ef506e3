"""What the figures do not show, where they come from, and how they were made."""

import numpy as np

from lykta.analysis.cells import HotPlaces
from lykta.analysis.picture import Picture
from lykta.analysis.spans import year_before
from lykta.domain.events.papers import words
from lykta.domain.events.papers.subject import Audience, Subject
from lykta.infrastructure.papers.paper import Facts, Paragraph, Points
from lykta.infrastructure.papers.swedish import MISSING, day, number, percent


def unseen(picture: Picture, subject: Subject) -> Points:
    """Return what the figures do not show, one point each, only what is true of these."""
    the_many = words.capital(subject.noun.the_many)
    points = [
        f"{the_many} visar vad som har rapporterats, registrerats eller publicerats, inte allt "
        "som har hänt. En ökning kan bero på att fler rapporterar, en minskning på att färre "
        "gör det.",
        *_lost_events(picture, subject),
        *(text for is_true, text in _silences(picture) if is_true),
    ]
    if n := picture.coverage.n_withheld:
        points.append(
            f"Källan lämnar inte ut {number(n)} antal i perioden. Vart och ett är minst ett, "
            "och intervallen rymmer vad de kan vara. Andelar, tal per invånare, gränser och "
            "förtätningar visas därför inte."
        )
    if picture.question.smallest_shown > 1:
        points.append(_hidden(picture, subject))
    for source in subject.sources:
        points.extend(source.limits)
    return Points(tuple(Paragraph(text) for text in dict.fromkeys(points)))


def _lost_events(picture: Picture, subject: Subject) -> list[str]:
    """Return what some events lack, and how many they are."""
    seen = picture.coverage
    is_monthly = seen.n_interval == seen.n_period and picture.unit == "month"
    lost = (
        (seen.n_outside_areas, "har ett läge utanför alla områden."),
        (seen.n_without_place, "saknar uppgift om plats."),
        (seen.n_without_category, "saknar kategori."),
        (
            0 if is_monthly else seen.n_interval,
            "är kända bara som en tid från–till. De räknas på dagen mitt i intervallet.",
        ),
    )
    return [_lost(n, seen.n_period, subject, what) for n, what in lost if n]


def _silences(picture: Picture) -> tuple[tuple[bool, str], ...]:
    """Return what the picture is silent on, and whether it is."""
    question = picture.question
    return (
        (
            picture.before_first_day is None,
            "Samma tid året före finns inte i underlaget, så inget kan jämföras bakåt.",
        ),
        (
            words.is_sway_unknown(picture),
            "Perioden är för kort för att mäta hur mycket antalen svänger utöver slumpen. "
            "Intervallen är därför troligen för smala.",
        ),
        (
            picture.series.limits is None and not picture.coverage.n_withheld,
            "Tiden före perioden är för kort, eller har luckor, så inga gränser för det väntade "
            "kan räknas fram.",
        ),
        (
            not question.has_points and picture.hot is None,
            "Lägena i filen säger inte var det hände, så ingen karta eller förtätning visas.",
        ),
        (not question.has_rates, "Antalen är ett urval och får inte ställas mot folkmängden."),
        (
            picture.unit == "month" and picture.coverage.n_interval == picture.coverage.n_period,
            "Dagen är inte känd, bara månaden.",
        ),
    )


def sources(subject: Subject) -> list[Facts]:
    """Return the passport of each source."""
    return [Facts(source.title, source.pairs) for source in subject.sources]


def method(picture: Picture, subject: Subject) -> Facts:
    """Return how each figure was made, with what settings."""
    pairs = _change_method(picture) if picture.before_first_day is not None else []
    if picture.series.limits is not None:
        limits = picture.series.limits
        pairs.append(
            (
                "Gränser för det väntade",
                f"Från {number(limits.params['n_baseline'])} tidigare "
                f"{'veckor' if picture.unit == 'week' else 'månader'}: nivå och årstid, spridning "
                f"{number(limits.dispersion, 2)}. Ungefär en punkt av 370 hamnar utanför av slump.",
            )
        )
    if picture.areas.rates is not None:
        pairs.append(
            (
                "Per 1\N{NO-BREAK SPACE}000 invånare",
                "Exakta Poissonintervall (Garwood 1936). Utjämnade tal: empirisk Bayes (Marshall "
                "1991), intervall ur gammafördelningen.",
            )
        )
    if picture.hot is not None:
        pairs.append(("Förtätning", _hot_method(picture.hot)))
    if subject.metric_crs:
        pairs.append(("Kartsystem", f"Meter i {subject.metric_crs}."))
    pairs += [
        ("Program", f"lykta {subject.version}, frö {subject.seed}."),
        ("Framtagen", day(words.date_of(subject.made_at))),
    ]
    return Facts("Metod", tuple(pairs))


def _change_method(picture: Picture) -> list[tuple[str, str]]:
    """Return how two periods are compared."""
    phi = f"spridning {number(float(picture.total.dispersion[0]), 2)} för helheten; 1 är ren slump"
    if words.is_sway_unknown(picture):
        phi = "här är perioden för kort för att mäta det"
    before = words.period(*year_before(picture.question.first_day, picture.question.last_day))
    return [
        (
            "Kvot och intervall",
            f"Antalet delat med antalet {before}. Exakt betingat test av två antal, "
            "95\N{NO-BREAK SPACE}procents intervall. Antalen vägs ned när veckor eller månader "
            f"svänger mer än slumpen ({phi}).",
        ),
        (
            "Säkerställd",
            f"Andelen falska fynd i en tabell hålls vid högst {percent(picture.question.alpha)} "
            "(Benjamini och Hochberg 1995). Ingen säkerställd förändring betyder inte oförändrat.",
        ),
        (
            "Kan inte avgöras",
            "Intervallet rymmer både en halvering och en fördubbling, så antalen säger inget om "
            "förändringen.",
        ),
    ]


def decision(subject: Subject) -> Facts:
    """Return the box that the decision is entered in."""
    return Facts(
        "Att besluta",
        (
            ("Ärende", subject.registry_number or MISSING),
            (
                "Förslag",
                "Underlaget används i lägesbilden och som grund för åtgärdsplanen "
                "(5\N{NO-BREAK SPACE}§).",
            ),
            ("Beslutat av", MISSING),
            ("Datum och paragraf", MISSING),
        ),
    )


def reading(picture: Picture, *, is_mapped: bool) -> Paragraph:
    """Return the notice that stands beside dense places, on a map or in a table."""
    base = "folkmängden" if picture.hot and picture.hot.is_by_people else "ytan"
    what, it = ("Kartan", "Kartan") if is_mapped else ("En förtätning", "Den")
    return Paragraph(
        f"{what} visar var det har rapporterats mer än {base} förklarar, inte var något kommer "
        f"att hända. Den som rapporterar mycket syns mer. {it} ska inte ensam styra var någon "
        "patrullerar.",
        tone="quiet",
    )


def _hot_method(hot: HotPlaces) -> str:
    params = hot.hot.params
    unit = "sexhörningar" if hot.places.kind == "hex" else "områden"
    base = (
        "Antalen jämförs med vad folkmängden ger skäl att vänta, områdets invånare jämnt "
        "fördelade över dess yta (Freeman–Tukeys avvikelse)."
        if hot.is_by_people
        else "Antalen jämförs med medeltalet av alla, utan hänsyn till hur många som bor eller "
        "vistas där."
    )
    return (
        f"Gi* (Getis och Ord) för {number(params['n_tested'])} {unit}, "
        f"{number(params['n_permutations'])} omkastningar, och varje plats för sig mot det väntade "
        f"(negativ binomialfördelning med uppmätt spridning). Båda tvåsidigt, "
        f"andelen falska fynd högst {percent(params['alpha'], 1)} i vardera. {base}"
    )


def _hidden(picture: Picture, subject: Subject) -> str:
    smallest = picture.question.smallest_shown
    n = int(picture.areas.changes.is_count_hidden.sum())
    text = (
        f"Färre än {number(smallest)} {subject.noun.many} visas inte som tal, och inte heller de "
        "tal som skulle avslöja dem."
    )
    if n:
        text += f" Det gäller {subject.area.counted(n, number(n))} i perioden."
    return text


def _lost(n: int, of: int, subject: Subject, what: str) -> str:
    counted = subject.noun.counted(n, number(n))
    share = n / of if of else np.nan
    return f"{words.capital(counted)} ({percent(share, 1 if share < 0.1 else 0)}) {what}"


def fineness(picture: Picture, subject: Subject) -> str:
    """Return who the paper is for, and what follows of that."""
    if subject.audience is Audience.PUBLIC:
        return "Kan publiceras: månader, små tal dolda, inga punkter."
    unit = "veckor" if picture.unit == "week" else "månader"
    counts = "små tal dolda" if picture.question.smallest_shown > 1 else "alla tal"
    return (
        f"För samverkansparter med rätt till uppgifterna: {unit} och {counts}. Ska inte publiceras."
    )
