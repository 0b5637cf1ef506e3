"""A small file with one row of each fault that real files have, for the guide on importing."""

from collections.abc import Sequence
from dataclasses import dataclass

N_SOUND_ROWS = 22
COLUMNS = {"id": 0, "time": 1, "time_to": 2, "category": 3, "x": 4, "y": 5, "area": 6}


@dataclass(frozen=True, slots=True)
class Fault:
    """One faulty row: what is wrong with it, in Swedish, and the values that make it so."""

    id: str
    what: str
    values: dict[str, str]  # key of COLUMNS -> what stands there instead


FAULTS = (
    Fault("FEL-01", "datum som inte finns (30 februari)", {"time": "2025-02-30 18:00"}),
    Fault("FEL-02", "klockslag som inte finns", {"time": "2025-03-04 25:61"}),
    Fault("FEL-03", "ord i stället för tidpunkt", {"time": "i går kväll"}),
    Fault("FEL-04", "tidpunkt saknas", {"time": ""}),
    Fault("FEL-05", "datum i framtiden", {"time": "2062-05-04 21:15"}),
    Fault(
        "FEL-06",
        "slutar innan den börjar",
        {"time": "2025-06-02 08:00", "time_to": "2025-06-01 22:00"},
    ),
    Fault("FEL-07", "amerikanskt datum", {"time": "03/15/2025 6:00 PM"}),
    Fault("FEL-08", "grader i kolumner för meter", {"x": "17,9812", "y": "59,2371"}),
    Fault("FEL-09", "x och y har bytt plats", {"x": "6570300,5", "y": "670500,5"}),
    Fault("FEL-10", "punkt långt utanför kommunen", {"x": "319200,0", "y": "6399700,0"}),
    Fault("FEL-11", "text i talkolumn", {"x": "okänt"}),
    Fault("FEL-12", "bara den ena koordinaten", {"x": "670500,5", "y": ""}),
    Fault("FEL-13", "mellanslag och decimalpunkt i talet", {"x": "670 500.5"}),
    Fault("FEL-14", "okänt område", {"area": "0126C9990"}),
    Fault("FEL-15", "område från en annan kommun", {"area": "0180C1010"}),
    Fault("FEL-16", "varken punkt eller område", {"x": "", "y": "", "area": ""}),
    Fault("FEL-17", "kategori saknas", {"category": ""}),
    Fault("FEL-18", "felstavad kategori", {"category": "Skadegörlse"}),
    Fault("FEL-01", "samma id en gång till", {}),
)


def lines(sound: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return sound lines with one faulty line of each kind after every one or two of them."""
    with_point = [line for line in sound if line[COLUMNS["x"]] and not line[COLUMNS["time_to"]]]
    step = max(1, len(with_point) // (N_SOUND_ROWS + len(FAULTS)))
    chosen = with_point[::step]
    mixed: list[Sequence[str]] = list(chosen[:N_SOUND_ROWS])
    for place, (fault, line) in enumerate(zip(FAULTS, chosen[N_SOUND_ROWS:], strict=False)):
        mixed.insert(2 * place + 1, _spoilt(line, fault))
    return mixed


def _spoilt(line: Sequence[str], fault: Fault) -> list[str]:
    changed = {COLUMNS["id"]: fault.id}
    changed |= {COLUMNS[key]: value for key, value in fault.values.items()}
    return [changed.get(number, value) for number, value in enumerate(line)]
