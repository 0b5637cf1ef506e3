"""The working tool of a Swedish municipality for crime prevention and safety."""

import os

__version__ = "0.1.0"

# What a map file is, GDAL tells by its content. These of its readers follow what stands in a file
# to other files of the machine, or ask other machines; a file that is read in must do neither.
# Said here, for GDAL asks once, when it is loaded, and nothing of lykta is loaded before this.
_READERS_THAT_GO_ELSEWHERE = (
    "ADBC",
    "AmigoCloud",
    "Carto",
    "CSW",
    "EEDA",
    "Elasticsearch",
    "GDALG",
    "GML",
    "GPSBabel",
    "GTFS",
    "HTTP",
    "MapML",
    "MBTiles",
    "MVT",
    "NGW",
    "OAPIF",
    "OGCAPI",
    "OGR_VRT",
    "PDF",
    "PDS4",
    "PLSCENES",
    "PMTiles",
    "VICAR",
    "WFS",
)
os.environ["GDAL_SKIP"] = ",".join(_READERS_THAT_GO_ELSEWHERE)
