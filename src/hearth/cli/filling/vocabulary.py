"""The words of the invented provider's people. Nobody and no place in it is real; surnames are made from two parts."""


def _words(several: str) -> tuple[str, ...]:
    return tuple(several.split())


FIRST_NAMES = _words(
    "Aisha Alasdair Amara Amrit Aneta Angharad Anil Anwen Beatriz Benedict Blessing Bogdan Bronagh Callum Carys Cerys "
    "Chidi Ciara Curtis Dafydd Daniela Darius Deepa Delroy Dilys Dominik Ebony Eilidh Elif Emeka Eoin Esme Ewa Farah "
    "Femi Fergus Fiona Gareth Gita Grace Gwen Hamza Hannah Harjit Hassan Idris Imani Ines Iona Irena Ishaan Jacek Jade "
    "Jamal Janet Jaroslav Jasmin Jerome Joyce Kasia Keir Keisha Kenji Kofi Krystyna Kwame Laila Leon Leroy Lesley Liam "
    "Lowri Lucjan Luz Maeve Magda Malik Maria Marlon Mei Mehmet Merryn Mira Mohan Morag Nadia Nia Niamh Nnamdi Nora "
    "Nuala Odette Olu Omar Oona Owen Padma Pearl Petra Piotr Priya Rashid Rhian Rosa Rowan Ruth Sadia Samir Sana "
    "Seamus Selina Shanice Shreya Sian Sofia Stefan Sunita Tamsin Tariq Terence Thandi Tilda Tomasz Una Usha Vera "
    "Viktor Wanda Wendy Winston Yasmin Yusuf Zainab Zofia"
)
_FIRST_PARTS = _words(
    "Alder Amber Ash Beck Birch Black Bracken Briar Brook Clover Copper Crag Dale Elder Elm Fallow Fen Fern Field "
    "Flint Gorse Green Hart Hawth Hazel Heath Holm Iron Ivy Larch Linden Marl Marsh Mead Mill Moss Oak Pike Quarry "
    "Quill Reed Ridge Rowan Sedge Slate Sorrel Spindle Stone Tarn Thistle Thorn Vale Wend Whin Willow Wren Yarrow"
)
_SECOND_PARTS = _words(
    "acre bank bourne bridge by combe cote croft dean down fleet ford gate grave hanger holt hurst ing lack land ley "
    "lock low mere mond more ness over rake rigg row sall scar shaw side stead thwaite ton wick wold worth yard"
)
SURNAMES = tuple(f"{first}{second}" for first in _FIRST_PARTS for second in _SECOND_PARTS)
STREET_KINDS = ("Street", "Road", "Close", "Walk", "Gardens", "Court", "Lane", "Terrace", "Avenue", "Rise", "Green")
STREETS = tuple(
    f"{first}{second} {STREET_KINDS[(at + turn) % len(STREET_KINDS)]}"
    for at, first in enumerate(_FIRST_PARTS)
    for turn, second in enumerate(("", "wood", "moor", "side", "well", "house"))
)
TOWNS = ("Larchfield", "Upper Larchfield", "Marlbridge", "Sedgeley Green", "Wenmouth", "Thornacre")
FIRMS = tuple(f"{first}{end}" for first in _FIRST_PARTS for end in ("gas", "fix", "care", "clean", "point", "line"))
"""Invented contractors and services: a long tail of names, few of them often."""

# Words that stand in exactly so many notes whatever the size, so that a search can be measured at two sizes alike.
_SYLLABLES = ("bram", "quil", "dov", "sten", "marr", "pell", "torv", "gand", "wisk", "fenn", "lorr", "hask")
_ENDS = {10: "oxby", 100: "umwell", 500: "ettle"}
PLANTED: dict[int, tuple[str, ...]] = {
    hits: tuple(f"{syllable}{end}" for syllable in _SYLLABLES) for hits, end in _ENDS.items()
}
