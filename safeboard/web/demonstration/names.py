"""Made-up names. No real place, school or person is meant; numbers are those set aside for drama (01632 960...)."""

import random
from collections.abc import Iterator

_FIRST = """
Abena Adil Aisling Alba Amir Anwen Ariel Asha Bela Bryn Caius Carys Cleo Dafydd Dara Delph Edwin Efua Elowen Emrys
Enid Esme Farah Felix Fenella Gethin Gwyn Hale Hana Hettie Idris Ines Iona Isolde Jago Jinan Jory Kavi Keir Kerra
Lamorna Leif Linnet Lowri Mabli Merryn Mina Morwen Nadia Nerys Nuala Ottilie Owain Perran Petroc Priya Quill Rafe
Rhian Rosen Rowan Sabine Saffi Senara Seren Sunil Tamsin Tegan Tomos Ursa Vashti Wenna Yara Yestin Zadie Zeki
"""
_LAST = """
Abernook Ashgrove Barleycorn Beckhurst Birchall-Vane Brindlemoor Castlebeck Coldharrow Copperfold Dalebrook Dunmarrow
Elmsedge Fairmead Farthinglow Fennimore Foxglen Gallowhey Greenacre Hallowdene Hartlebeck Hazelrigg Hollowmere
Ivelbank Junipers Kestrelby Kingsmarl Larkhurst Lindenshaw Marlowick Meadowcroft Millrace Nettlebed Oakenshaw
Orchardley Osmotherby Pebblewick Quillfeather Ravensmoor Rushbrook Saltmarshe Sedgewell Silverbeck Stonelake
Tanglewood Thistledon Underhay Vinterly Wetherlow Willowbrae Winterbeck Wrenfield Yarrowby
"""
_PLACES = """
Alderholt, Amberwick, Ashendale, Birchmoor, Blackmere, Bramblecote, Brackenford, Cinderhill, Clayhithe, Copperwell,
Curlew Bay, Damsonby, Dovesea, Eldermoor, Elverton, Fallowfield End, Fenwick Sound, Foxcombe, Gannet Quay, Gorsemoor,
Greywater, Hazelmarsh, Heronsford, Hollinsea, Kestrel Point, Kittering, Larchwood, Linnetford, Marramby, Mossbeck,
Nethermere, Oakenhurst, Otterwick, Pearmain, Pinderby, Quarrendon Vale, Ravelstow, Rushmere Green, Saltonby,
Sandlings, Sedgemere, Skylark Rise, Tidewell, Thornwick, Upper Marl, Vetchley, Whinmoor Edge, Willowsea, Yewbarrow
"""
FIRST = _FIRST.split()
LAST = _LAST.split()
PLACES = [" ".join(name.split()) for name in _PLACES.split(",")]
STREETS = ("Orchard Row", "Chapel Rise", "Mill Lane", "Quayside", "Station Approach", "Tanner's Yard", "Elm Walk")


def people(chance: random.Random) -> Iterator[str]:
    """Full names, each once, without end."""
    pairs = [f"{first} {last}" for first in FIRST for last in LAST]
    chance.shuffle(pairs)
    yield from pairs
    number = 1
    while True:
        number += 1
        yield from (f"{pair} {number}" for pair in pairs)


def places(chance: random.Random) -> Iterator[str]:
    """Names of towns and villages, again and again."""
    names = PLACES.copy()
    chance.shuffle(names)
    while True:
        yield from names


def telephone(number: int) -> str:
    """A number that rings nowhere."""
    return f"01632 960{number % 1000:03d}"
