"""Names the tags of TIFF, EXIF and DNG, and the makers' own, that decide how a file is read and drawn."""

from enum import IntEnum


class Tag(IntEnum):
    """Name a tag of a directory: of TIFF 6.0 and its supplements where nothing else is said."""

    INTEROPERABILITY_INDEX = 1  # EXIF, in a directory of its own
    # Panasonic's, in the first directory: the sensor's sides, its borders, a JPEG as the value, and the pixels' offset.
    RW2_WIDTH = 2
    RW2_HEIGHT = 3
    RW2_TOP = 4
    RW2_LEFT = 5
    RW2_BOTTOM = 6
    RW2_RIGHT = 7
    RW2_JPEG = 46
    RW2_PIXELS = 280
    SUBFILE = 254
    OLD_SUBFILE = 255
    WIDTH = 256
    HEIGHT = 257
    BITS = 258
    COMPRESSION = 259
    PHOTOMETRIC = 262
    STRIPS = 273
    ORIENTATION = 274
    SAMPLES = 277
    ROWS_PER_STRIP = 278
    STRIP_BYTES = 279
    PLANAR = 284
    PREDICTOR = 317
    COLOUR_MAP = 320
    TILE_WIDTH = 322
    TILE_HEIGHT = 323
    TILES = 324
    TILE_BYTES = 325
    SUB_IFDS = 330
    EXTRA_SAMPLES = 338
    SAMPLE_FORMAT = 339
    JPEG_TABLES = 347
    JPEG_AT = 513
    JPEG_BYTES = 514
    XMP = 700
    CFA_PATTERN = 33422  # TIFF/EP
    KODAK = 33424
    LEAF = 34310
    EXIF = 34665
    ICC_PROFILE = 34675
    GPS = 34853
    # EXIF
    COLOUR_SPACE = 40961
    EXIF_WIDTH = 40962
    EXIF_HEIGHT = 40963
    INTEROPERABILITY = 40965
    LERC_PARAMETERS = 50674
    CR2_SLICES = 50752
    # DNG
    DNG_VERSION = 50706
    WHITE_LEVEL = 50717
    CROP_ORIGIN = 50719
    CROP_SIZE = 50720
    BASELINE_EXPOSURE = 50730
    ACTIVE_AREA = 50829
    MASKED_AREAS = 50830
    PREVIEW_COLOUR_SPACE = 50970
    ROW_INTERLEAVE = 50975
    COLUMN_INTERLEAVE = 52547
    JXL_DISTANCE = 52553
    JXL_EFFORT = 52554
    JXL_DECODE_SPEED = 52555
    KODAK_KDC = 65024
