"""Lists the words that names of files hold around dates, in many languages: months, halves of the day."""

# Of each month the beginnings of its name; a name that begins so and goes on in letters counts too.
MONTHS: dict[int, tuple[str, ...]] = {
    1: ("jan", "janv", "ene", "gen", "sty", "янв", "led", "oca"),
    2: ("feb", "fév", "fev", "lut", "фев", "úno", "şub"),
    3: ("mar", "mär", "mrt", "maa", "мар", "bře"),
    4: ("apr", "avr", "abr", "kwi", "апр", "dub", "nis"),
    5: ("may", "mai", "maj", "mei", "mag", "мая", "май", "kvě"),
    6: ("jun", "juin", "giu", "cze", "июн", "čvn", "haz"),
    7: ("jul", "juil", "lug", "lip", "июл", "čvc", "tem"),
    8: ("aug", "aoû", "ago", "sie", "авг", "srp", "ağu"),
    9: ("sep", "set", "wrz", "сен", "zář", "eyl"),
    10: ("oct", "okt", "out", "ott", "paź", "окт", "říj", "eki"),
    11: ("nov", "lis", "ноя", "kas"),
    12: ("dec", "dez", "déc", "dic", "gru", "дек", "pro", "ara"),
}
MONTH_OF = {word: number for number, words in MONTHS.items() for word in words}
# What stands before or after a time of twelve hours: in the morning, in the afternoon.
MORNING = ("am", "a.m.", "a. m.", "上午", "凌晨", "早上", "午前", "오전", "π.μ.", "πμ", "ص", "sa")
AFTERNOON = ("pm", "p.m.", "p. m.", "下午", "晚上", "中午", "午後", "오후", "μ.μ.", "μμ", "م", "ch")
# Spaces that programs put between the parts of a time, and other signs for a colon, as their plain kin.
PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u3000", " "),
        **dict.fromkeys("\u2236\ua789\uff1a\uf03a", ":"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u200e\u200f\u202a\u202b\u202c", None),
    }
)
