"""Lists the texts that cameras, phones and programs write into every photo by themselves: nobody's captions."""

import re

# In small letters, with one blank between words.
TEXTS = {
    *(
        "digital camera",
        "digital still camera",
        "digital stillcamera",
        "digital image",
        "default",
        "untitled",
        "no title",
        "n/a",
        "null",
    ),
    *("image description", "imagedescription", "description", "dsc", "sony dsc", "lead technologies inc. v1.01"),
    *("samsung", "samsung techwin", "samsung camera pictures", "olympus imaging corp.", "kodak easyshare", "fujifilm"),
    *(
        "kodak",
        "nikon",
        "panasonic",
        "casio computer co.,ltd.",
        "hp photosmart",
        "vivitar",
        "benq",
        "agfaphoto",
        "jenoptik",
    ),
    *("concord camera", "aiptek", "sony ericsson", "oppo", "xiaomi", "huawei", "oneplus", "mediatek", "qcam-aa", "zte"),
    *("dji", "hasselblad", "vivo", "pentax image", "applemark", "user comments"),
    *("screenshot", "created with gimp", "created with the gimp", "type your caption here", "enter a description"),
    *(
        "add a caption",
        "binary comment",
        "camera phone",
        "mobile phone camera",
        "camera picture",
        "the image description",
    ),
}
MAKERS = (
    "acer|agfa(?:photo)?|aiptek|apple|asus|benq|canon|casio|concord|dji|epson|fuji(?:film)?|ge|gopro|hitachi|hp|htc|"
    "huawei|jenoptik|jvc|kodak(?: pixpro)?|konica(?: minolta)?|kyocera|leica|lg|lge|medion|minolta|motorola|mustek|"
    "nikon|nokia|olympus|panasonic|pentax|polaroid|praktica|premier|ricoh|rollei|samsung|samsung techwin|sanyo|sharp|"
    "sigma|sony|toshiba|traveler|vivitar|xiaomi|yakumo|zte"
)
DEVICE = (
    r"(?:digital (?:still ?)?(?:camera|image|picture)s?|(?:camera|phone) (?:pictures?|phone|camera)|digital cam|camera)"
)
PATTERNS = (
    # Modes that phones of Huawei, Honor and their kin write in small letters (cof, oznor, hdrpl).
    re.compile(
        r"(?:cofv?|dav|edf|edh|fbt|fhdr|hbt|hdr|hdrpl|mde|mrl|mts?|nfl|nonr?|nor|oplus_\d+|oz(?:nor?(?:WB|MT)?|edf|hdr|dnr)|fznor|ptr|rbt|"
        r"rhdr|rpt|sdr|smf|snf|tbt|tmb|vtr|xhdr|bty|btf|btr|btyhdr|mmexport\d*)(?: mt?)?"
    ),
    # The same phones put such codes together (rptnb, ptfbty): in no language are these words.
    re.compile(r"[b-df-hj-np-tv-xz]{4,11}[b-df-hj-np-tv-z]"),
    re.compile(r"filter: \d+;.*"),
    re.compile(r"processed with vsco(?: with .{1,20} preset)?", re.IGNORECASE),
    # Paths and names of files.
    re.compile(r"(?:[A-Z]:)?[\\/]?(?:DCIM|MNT|MEDIA|STORAGE|SDCARD|\d{3}[A-Z_]{5})[\\/].*", re.IGNORECASE),
    re.compile(
        r"(?:DSC[FNH_]?|IMG|PICT|P|CIMG|GOPR|DJI|IMGP|SANY|HPIM|MVC|_MG|_DSC|KIF|DCP|PXL)[-_ ]?\d{3,}(?:\.[A-Z]{3,4})?"
    ),
    re.compile(r"\d{3}[-_]\d{4}(?:\.[A-Z]{3,4})?", re.IGNORECASE),
    re.compile(rf"<?(?:{MAKERS}) {DEVICE}\.?>?", re.IGNORECASE),
    re.compile(rf"[A-Z][A-Z0-9 .,&/-]{{1,30}} {DEVICE.upper()}"),
    re.compile(r"<(?:digimax|finepix|kenox|samsung)[\w ,/.-]{0,60}>", re.IGNORECASE),
    re.compile(r"exif[_ ]jpeg(?:[_ ]\w+)?|jpeg[_ ]picture", re.IGNORECASE),
    re.compile(r"[\s\-_.]*"),
)


def is_automatic(text: str) -> bool:
    """Check whether a device or a program wrote this text by itself."""
    plain = " ".join(text.split())
    return plain.casefold() in TEXTS or any(pattern.fullmatch(plain) for pattern in PATTERNS)
