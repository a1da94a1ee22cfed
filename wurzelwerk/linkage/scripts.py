"""How the letters of scripts sound, in the small alphabet of `sounds`.

A capital letter is a class of consonants, a small one a vowel; 1, 2, 3 are the long a, i, u of a script that does not
write short vowels, 4 a letter that may stand for any vowel. What may be heard in several ways names them all, parted
by a bar, the likeliest first. Written by us after the romanisations of the scripts (ISO 9, ISO 843, DIN 31635, ISO 259)
and after how offices, passports and callers write the same names.
"""

LATIN = {
    # several letters, one sound
    "schtsch": "S", "stsch": "S", "shch": "S", "dsch": "J", "tsch": "S", "sch": "S", "tch": "S", "dzh": "J",
    "dsh": "J",
    "ksh": "KS", "ds": "S|TS", "dj": "J", "dž": "J", "gj": "J", "xh": "J", "zh": "S|J", "sh": "S", "ch": "S|H|K",
    "kh": "H|K",
    "gh": "K", "ph": "F", "th": "T|S|TH", "dh": "T|S|TH", "rh": "R|RH", "bh": "P", "ts": "S", "tz": "S", "cz": "S",
    "sz": "S", "cs": "S", "zs": "S", "dz": "S", "ck": "K", "qu": "K", "nj": "N", "lj": "L", "sj": "S", "ks": "KS",
    "ng": "NK",
    # several letters, one vowel
    "oua": "ua", "ou": "u", "oo": "u", "uu": "u", "ue": "u|ue", "oe": "o", "ae": "e", "aa": "a", "ah": "a|aH",
    "ee": "i", "ie": "i|ie", "ii": "i", "iy": "i", "ij": "i", "yi": "i", "ei": "y", "ai": "y", "ay": "y|ai",
    "ey": "y",
    "aj": "y|aJ", "ej": "y|eJ", "oj": "oi|oJ", "uj": "ui|uJ",
    # before a bright vowel
    "ce": "Se|Je|Ke", "ci": "Si|Ji", "cy": "Si", "cî": "Ji|Si", "cê": "Je|Se", "ge": "Ke|Je", "gi": "Ki|Ji",
    "gy": "Ki|Ji",
    # single letters
    "b": "P", "c": "K|S|J", "ç": "S", "č": "S", "ć": "S", "ċ": "S", "d": "T", "đ": "T|J", "ð": "T", "f": "F",
    "g": "K",
    "ğ": "K|", "h": "H", "j": "i|J", "k": "K", "l": "L", "ł": "L", "m": "M", "n": "N", "ñ": "N", "ń": "N", "p": "P",
    "q": "K", "r": "R", "s": "S", "ß": "S", "ş": "S", "ș": "S", "š": "S", "ś": "S", "t": "T", "ț": "S|T", "ţ": "S|T",
    "þ": "T", "v": "F", "w": "F|", "x": "KS|H", "z": "S", "ž": "S|J", "ź": "S", "ż": "S",
    "a": "a", "e": "e", "i": "i", "ı": "i", "o": "o", "u": "u", "y": "i", "ä": "e", "ö": "o", "ü": "u", "ø": "o",
    "æ": "e", "å": "o", "ə": "e",
}  # fmt: skip
CYRILLIC = {
    "дж": "J", "дз": "S", "кс": "KS", "нг": "NK", "тс": "S", "ий": "i", "ый": "i", "ей": "y", "ай": "y|ai", "ья": "a",
    "ье": "e", "ьо": "o", "ія": "ia", "ие": "ie",
    "б": "P", "в": "F", "г": "K|H", "ґ": "K", "ғ": "K", "ѓ": "J", "д": "T", "ђ": "J|T", "ж": "S|J", "з": "S",
    "ѕ": "S",
    "й": "i", "ј": "i", "к": "K", "қ": "K", "ќ": "S", "л": "L", "љ": "L", "м": "M", "н": "N", "њ": "N", "ң": "NK",
    "п": "P", "р": "R", "с": "S", "т": "T", "ћ": "S", "ф": "F", "х": "H", "ҳ": "H", "һ": "H", "ц": "S", "ч": "S",
    "ҷ": "J", "џ": "J", "ш": "S", "щ": "S", "ъ": "", "ь": "",
    "а": "a", "ә": "e", "е": "e", "ё": "o", "є": "e", "и": "i", "і": "i", "ї": "i", "о": "o", "ө": "o", "у": "u",
    "ү": "u", "ұ": "u", "ы": "i", "э": "e", "ю": "u", "я": "a",
}  # fmt: skip
GREEK = {
    "γκ": "K", "γγ": "NK", "γχ": "NH", "μπ": "P|MP", "ντ": "T|NT", "τζ": "S|J", "τσ": "S", "αυ": "aF|au",
    "ευ": "eF|eu",
    "ου": "u", "ει": "i|y", "οι": "i", "αι": "e",
    "β": "F", "γ": "K|J|", "δ": "T", "ζ": "S", "θ": "T|S", "κ": "K", "λ": "L", "μ": "M", "ν": "N", "ξ": "KS|S",
    "π": "P",
    "ρ": "R", "σ": "S", "ς": "S", "τ": "T", "φ": "F", "χ": "H", "ψ": "PS",
    "α": "a", "ε": "e", "η": "i", "ι": "i", "ο": "o", "υ": "i|u", "ω": "o",
}  # fmt: skip
ARABIC = {
    "ئا": "a", "ڵڵ": "L", "بھ": "P", "تھ": "T", "ٹھ": "T", "چھ": "S", "دھ": "T", "کھ": "K", "گھ": "K", "جھ": "J",
    "پھ": "F|P",
    "ب": "P", "پ": "P", "ت": "T", "ث": "T|S", "ج": "J|K", "چ": "S", "ح": "H", "خ": "H", "د": "T", "ذ": "T|S",
    "ر": "R",
    "ڕ": "R", "ز": "S", "ژ": "S|J", "س": "S", "ش": "S", "ص": "S", "ض": "T|S", "ط": "T", "ظ": "S|T", "ع": "4",
    "غ": "K",
    "ف": "F", "ڤ": "F", "ق": "K", "ک": "K", "ك": "K", "گ": "K", "ل": "L", "ڵ": "L", "م": "M", "ن": "N", "ه": "H",
    "ھ": "H", "ہ": "H|", "ة": "1", "ټ": "T", "ډ": "T", "ړ": "R", "ښ": "S|H", "ځ": "S", "څ": "S", "ګ": "K", "ڼ": "N",
    "ٹ": "T", "ڈ": "T", "ڑ": "R|T", "ں": "N",
    "و": "3|F", "ۆ": "o", "ۇ": "u", "وو": "u|F", "ي": "2", "ی": "2", "ې": "e", "ێ": "e", "ے": "e", "ە": "e", "ا": "1",
    "أ": "4", "إ": "4", "آ": "1", "ى": "1", "ء": "4", "ئ": "4", "ؤ": "4",
}  # fmt: skip
HEBREW = {
    "ב": "P|F", "ג": "K", "ד": "T", "ה": "H|4", "ו": "3|F", "ז": "S", "ח": "H", "ט": "T", "י": "2", "כ": "K|H",
    "ך": "H|K",
    "ל": "L", "מ": "M", "ם": "M", "נ": "N", "ן": "N", "ס": "S", "ע": "4", "פ": "P|F", "ף": "F", "צ": "S", "ץ": "S",
    "ק": "K", "ר": "R", "ש": "S", "ת": "T", "א": "4", "׳": "",
}  # fmt: skip
INITIAL = {
    # what begins a word and sounds otherwise there
    "j": "J", "y": "J", "ie": "Je|e", "ye": "Je|e", "je": "Je|e", "iu": "Ju", "io": "Jo|io", "ia": "Ja|ia",
    "iou": "Ju",
    "w": "F", "ou": "u|F", "oua": "Fa", "oui": "Fi", "x": "S|H|KS", "h": "H", "th": "T|S", "ca": "Ka|Ja|a",
    "й": "J", "ј": "J", "ю": "Ju", "я": "Ja", "ё": "Jo|o", "ї": "Ji|i", "є": "Je|e", "е": "Je|e", "ио": "Jo|io",
    "иу": "Ju",
    "ιω": "Jo|io", "ια": "Ja|ia", "γι": "J|Ki", "γε": "Je|Ke",
    "و": "F|3", "ي": "J|2", "ی": "J|2", "ה": "H", "ו": "F", "י": "J|2",
}  # fmt: skip
