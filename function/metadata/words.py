"""Lists the words that names of files hold around dates, in many languages: months, halves of the day."""

# Of each month its names and their abbreviations: English, German, French, Spanish, Italian, Portuguese, Dutch,
# Swedish, Danish, Polish, Czech, Turkish, Finnish, Russian.
MONTHS: dict[int, str] = {
    1: (
        "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari stycznia styczeń sty "
        "ledna leden led ocak oca tammikuu января январь янв"
    ),
    2: (
        "february feb februar février févr fév febrero febbraio fevereiro fev februari lutego luty lut února "
        "únor úno şubat şub helmikuu февраля февраль фев"
    ),
    3: (
        "march mar märz mär mars marzo março maart mrt marts marca marzec března březen bře mart maaliskuu "
        "марта март мар"
    ),
    4: (
        "april apr avril avr abril abr aprile kwietnia kwiecień kwi dubna duben dub nisan nis huhtikuu апреля "
        "апрель апр"
    ),
    5: "may mai mayo maggio mag maio mei maj maja května květen kvě mayıs toukokuu мая май",
    6: (
        "june jun juni juin junio giugno giu junho czerwca czerwiec cze června červen čvn haziran haz kesäkuu "
        "июня июнь июн"
    ),
    7: (
        "july jul juli juillet juil julio luglio lug julho lipca lipiec lip července červenec čvc temmuz tem "
        "heinäkuu июля июль июл"
    ),
    8: (
        "august aug août agosto ago augustus augusti sierpnia sierpień sie srpna srpen srp ağustos ağu elokuu "
        "августа август авг"
    ),
    9: (
        "september sep sept septembre septiembre settembre set setembro września wrzesień wrz září zář eylül "
        "eyl syyskuu сентября сентябрь сен сент"
    ),
    10: (
        "october oct oktober okt octobre octubre ottobre ott outubro out października październik paź října "
        "říjen říj ekim eki lokakuu октября октябрь окт"
    ),
    11: ("november nov novembre noviembre novembro listopada listopad lis kasım kas marraskuu ноября ноябрь ноя"),
    12: (
        "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia grudzień gru prosince "
        "prosinec aralık ara joulukuu декабря декабрь дек"
    ),
}
MONTH_OF = {name: str(number) for number, names in MONTHS.items() for name in names.split()}
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
