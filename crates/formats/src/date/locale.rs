//! What the languages of the world's press call months and weekdays, and in which order they write dates in
//! numbers; from the locales of the GNU C library, by way of `pure-rust-locales`.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use pure_rust_locales::{Locale, locale_match};
use unicode_normalization::UnicodeNormalization;

/// The locales that are asked, one at least for every language with a daily press and for every country whose
/// press writes in English.
const LOCALES: &str = "
    af_ZA am_ET ar_AE ar_EG ar_IQ ar_JO ar_LB ar_MA ar_SA ar_SY ar_TN as_IN az_AZ be_BY bg_BG bn_BD bn_IN
    bs_BA ca_ES cs_CZ cy_GB da_DK de_AT de_BE de_CH de_DE de_IT de_LU el_CY el_GR en_AU en_BW en_CA en_GB
    en_HK en_IE en_IN en_NG en_NZ en_PH en_SG en_US en_ZA en_ZM en_ZW es_AR es_BO es_CL es_CO es_CR es_CU
    es_DO es_EC es_ES es_GT es_HN es_MX es_PE es_PR es_PY es_US es_UY es_VE et_EE eu_ES fa_IR fi_FI fil_PH
    fo_FO fr_BE fr_CA fr_CH fr_FR fr_LU ga_IE gl_ES gu_IN he_IL hi_IN hr_HR hu_HU hy_AM id_ID is_IS it_CH
    it_IT ja_JP ka_GE kk_KZ km_KH kn_IN ko_KR lb_LU lt_LT lv_LV mk_MK ml_IN mn_MN mr_IN ms_MY mt_MT my_MM
    nb_NO ne_NP nl_BE nl_NL nn_NO pa_IN pl_PL ps_AF pt_BR pt_PT ro_RO ru_RU si_LK sk_SK sl_SI sq_AL sr_RS
    sr_RS@latin sv_FI sv_SE sw_KE ta_IN te_IN th_TH tr_TR uk_UA ur_PK uz_UZ vi_VN zh_CN zh_HK zh_TW
";

/// The order of day and month in a date of numbers whose year stands last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// `31/12/2017`.
    DayMonth,
    /// `12/31/2017`.
    MonthDay,
}

/// Returns the order in which dates are written in a language, a country, or in a language in a country.
///
/// English alone has none, nor has a country that writes in both ways.
pub(super) fn order(lang: Option<&str>, country: Option<&str>) -> Option<DateOrder> {
    let orders = |lang: Option<&str>, country: Option<&str>| {
        let mut found = None;
        for (locale, own_lang, own_country) in locales() {
            let fits = lang.is_none_or(|lang| lang.eq_ignore_ascii_case(own_lang))
                && country.is_none_or(|country| country.eq_ignore_ascii_case(own_country));
            if !fits {
                continue;
            }
            let order = order_of(locale, own_lang)?;
            if found.is_some_and(|found| found != order) {
                return None;
            }
            found = Some(order);
        }
        found
    };
    if lang.is_some() && country.is_some() {
        // A language far from home keeps its own order; one at home and abroad takes the country's.
        let both = orders(lang, country);
        if both.is_some() {
            return both;
        }
    }
    let by_lang = lang.and_then(|lang| orders(Some(lang), None));
    by_lang.or_else(|| country.and_then(|country| orders(None, Some(country))))
}

/// The country in whose top-level domain an address lies.
pub(super) fn country_of(url: &str) -> Option<&str> {
    /// Domains of countries that are sold to all the world.
    const SOLD: [&str; 18] = [
        "ac", "ag", "ai", "am", "cc", "co", "eu", "fm", "gg", "io", "is", "la", "ly", "me", "su",
        "to", "tv", "ws",
    ];
    let (_, rest) = url.split_once("//")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let (_, top) = host.rsplit_once('.')?;
    if top.len() != 2 || SOLD.iter().any(|sold| top.eq_ignore_ascii_case(sold)) {
        return None;
    }
    Some(if top.eq_ignore_ascii_case("uk") {
        "GB"
    } else {
        top
    })
}

fn order_of(locale: Locale, lang: &str) -> Option<DateOrder> {
    let form = locale_match!(locale => LC_TIME::D_FMT);
    let place = |letters: [char; 2]| {
        form.match_indices('%').find_map(|(at, sign)| {
            let field = form.get(at..)?.strip_prefix(sign)?;
            let field = field.trim_start_matches(['-', 'O', 'E']);
            field.starts_with(letters).then_some(at)
        })
    };
    let (day, month) = (place(['d', 'e'])?, place(['m', 'b']).or(place(['B', 'h']))?);
    // English of a country that writes the year first: how it writes it last is not said.
    if place(['Y', 'y']).is_some_and(|year| year < month && year < day) || form == "%F" {
        return (lang != "en").then_some(DateOrder::DayMonth);
    }
    Some(if day < month {
        DateOrder::DayMonth
    } else {
        DateOrder::MonthDay
    })
}

/// The locales, each with its language and country.
fn locales() -> impl Iterator<Item = (Locale, &'static str, &'static str)> {
    LOCALES.split_whitespace().filter_map(|name| {
        let locale = Locale::try_from(name).ok()?;
        let (lang, country) = name.split_once('_')?;
        let country = country.split('@').next()?;
        let lang = if matches!(lang, "nb" | "nn") {
            "no"
        } else {
            lang
        };
        Some((locale, lang, country))
    })
}

/// A word and the months it means, each with a language.
type Months = HashMap<String, Vec<(u8, &'static str)>>;

struct Names {
    /// Names and abbreviations as the locales list them.
    listed: Months,
    /// Beginnings of names, from three letters up.
    starts: Months,
    weekdays: HashSet<String>,
}

/// Makes a word comparable: small letters, no accents, no stops, no blanks.
pub(super) fn fold(word: &str) -> String {
    word.nfkd()
        .flat_map(char::to_lowercase)
        .filter(|char| {
            !matches!(char, '\u{300}'..='\u{36f}' | '.' | '\u{2d9}' | '-') && !char.is_whitespace()
        })
        .map(|char| match char {
            'ς' => 'σ',
            'ı' => 'i',
            other => other,
        })
        .collect()
}

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names = Names {
            listed: Months::default(),
            starts: Months::default(),
            weekdays: HashSet::default(),
        };
        for (locale, lang, _) in locales() {
            let full = locale_match!(locale => LC_TIME::MON);
            add_months(&mut names, full, lang, true);
            add_months(
                &mut names,
                locale_match!(locale => LC_TIME::ABMON),
                lang,
                false,
            );
            if let Some(alone) = locale_match!(locale => LC_TIME::ALT_MON) {
                add_months(&mut names, alone, lang, true);
            }
            for day in locale_match!(locale => LC_TIME::DAY) {
                let day = fold(day);
                let starts = day
                    .char_indices()
                    .skip(3)
                    .filter_map(|(at, _)| day.get(..at));
                names.weekdays.extend(starts.map(ToOwned::to_owned));
                names.weekdays.insert(day);
            }
            for day in locale_match!(locale => LC_TIME::ABDAY) {
                names.weekdays.insert(fold(day));
            }
        }
        names
    })
}

fn add_months(names: &mut Names, forms: &[&str], lang: &'static str, whole: bool) {
    for (month, form) in (1..).zip(forms) {
        // Catalan writes the preposition with the name: `de març`, `d’abril`.
        let bare = form.trim();
        let bare = bare
            .strip_prefix("de ")
            .or(bare.strip_prefix("d’"))
            .unwrap_or(bare);
        let word = fold(bare);
        if word.is_empty() || word.starts_with(|char: char| char.is_ascii_digit()) {
            continue;
        }
        if whole {
            for (at, _) in word.char_indices().skip(3) {
                let start = word.get(..at).unwrap_or(&word);
                add(&mut names.starts, start.to_owned(), month, lang);
            }
        }
        add(&mut names.listed, word, month, lang);
    }
}

fn add(months: &mut Months, word: String, month: u8, lang: &'static str) {
    let meanings = months.entry(word).or_default();
    if !meanings.contains(&(month, lang)) {
        meanings.push((month, lang));
    }
}

/// Returns the month that a word names: in `lang` if it is one of its words, else in English, else in whatever
/// languages have it, provided they agree (`listopad` is October in Croatian and November in Polish).
pub(super) fn month(word: &str, lang: Option<&str>) -> Option<u32> {
    let word = fold(word);
    let letters = word.chars().count();
    if !(2..=24).contains(&letters) {
        return None;
    }
    let names = names();
    if let Some(month) = meaning(&names.listed, &word, lang) {
        return Some(month);
    }
    if let Some(month) = meaning(&names.starts, &word, lang) {
        return Some(month);
    }
    // An ending: Finnish `lokakuuta`, Hungarian `októberben`.
    let ends = word.char_indices().rev().take(3);
    ends.filter_map(|(at, _)| word.get(..at))
        .filter(|stem| stem.chars().count() >= 4)
        .find_map(|stem| meaning(&names.listed, stem, lang))
}

/// The same, for a word that a locale lists.
pub(super) fn listed_month(word: &str, lang: Option<&str>) -> Option<u32> {
    meaning(&names().listed, &fold(word), lang)
}

fn meaning(months: &Months, word: &str, lang: Option<&str>) -> Option<u32> {
    let meanings = months.get(word)?;
    let of = |lang: &str| {
        let mut own = meanings.iter().filter(|(_, own)| *own == lang);
        let first = own.next()?.0;
        own.all(|&(month, _)| month == first)
            .then_some(u32::from(first))
    };
    if let Some(month) = lang.and_then(of).or_else(|| of("en")) {
        return Some(month);
    }
    let first = meanings.first()?.0;
    meanings
        .iter()
        .all(|&(month, _)| month == first)
        .then_some(u32::from(first))
}

/// Tells whether a word names a day of the week, whole or cut short.
pub(super) fn is_weekday(word: &str) -> bool {
    let word = fold(word);
    !word.is_empty() && names().weekdays.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_many_languages_are_known() {
        for (word, number) in [
            ("Oct", 10),
            ("Sept.", 9),
            ("janv.", 1),
            ("févr", 2),
            ("fevrier", 2),
            ("août", 8),
            ("AOÛT", 8),
            ("März", 3),
            ("Jänner", 1),
            ("октября", 10),
            ("Октябрь", 10),
            ("października", 10),
            ("lokakuuta", 10),
            ("octubre", 10),
            ("de", 0),
            ("outubro", 10),
            ("ottobre", 10),
            ("Ekim", 10),
            ("Ağustos", 8),
            ("Οκτωβρίου", 10),
            ("ตุลาคม", 10),
            ("ต.ค.", 10),
            ("अक्टूबर", 0),
            ("أكتوبر", 10),
            ("كانون الثاني", 1),
            ("októberben", 10),
            ("oktober", 10),
            ("října", 10),
            ("жовтня", 10),
            ("spalio", 10),
            ("okt.", 10),
            ("xyz", 0),
            ("listopada", 0),
        ] {
            assert_eq!(month(word, None), (number > 0).then_some(number), "{word}");
        }
        assert_eq!(month("listopada", Some("hr")), Some(10));
        assert_eq!(month("listopada", Some("pl")), Some(11));
    }

    #[test]
    fn all_locales_exist() {
        assert_eq!(locales().count(), LOCALES.split_whitespace().count());
    }

    #[test]
    fn weekdays_are_known() {
        for word in [
            "Monday",
            "Tues",
            "Mo",
            "lundi",
            "čtvrtek",
            "воскресенье",
            "पर",
        ] {
            assert_eq!(is_weekday(word), word != "पर", "{word}");
        }
    }

    #[test]
    fn countries_have_their_order() {
        use DateOrder::{DayMonth, MonthDay};
        for (lang, country, expected) in [
            (Some("en"), Some("US"), Some(MonthDay)),
            (Some("en"), Some("GB"), Some(DayMonth)),
            (Some("en"), None, None),
            (Some("en"), Some("CA"), None),
            (Some("de"), None, Some(DayMonth)),
            (Some("de"), Some("FR"), Some(DayMonth)),
            (None, Some("br"), Some(DayMonth)),
            (Some("pt"), Some("PT"), Some(DayMonth)),
            (Some("sv"), None, Some(DayMonth)),
            (None, None, None),
        ] {
            assert_eq!(order(lang, country), expected, "{lang:?} {country:?}");
        }
    }
}
