//! Dates told from the day on which they are read: `yesterday`, `3 hours ago`, `last Tuesday`.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc, Weekday};

use super::StatedDate;
use super::words::digit;

/// What a language calls the units of time that pages count back in. No library of locales has these words
/// without an engine that only writes them.
struct Language {
    tag: &'static str,
    today: &'static [&'static str],
    yesterday: &'static [&'static str],
    before_yesterday: &'static [&'static str],
    /// What says that the time is past, before the number or behind the unit.
    ago: &'static [&'static str],
    /// The beginnings of words for minute, hour, day, week.
    units: [&'static [&'static str]; 4],
}

const LANGUAGES: [Language; 16] = [
    Language {
        tag: "en",
        today: &["today"],
        yesterday: &["yesterday"],
        before_yesterday: &["the day before yesterday"],
        ago: &["ago"],
        units: [&["min"], &["hour", "hr"], &["day"], &["week"]],
    },
    Language {
        tag: "de",
        today: &["heute"],
        yesterday: &["gestern"],
        before_yesterday: &["vorgestern"],
        ago: &["vor"],
        units: [&["min"], &["stunde", "std"], &["tag"], &["woche"]],
    },
    Language {
        tag: "fr",
        today: &["aujourd’hui", "aujourd'hui"],
        yesterday: &["hier"],
        before_yesterday: &["avant-hier"],
        ago: &["il y a"],
        units: [&["min"], &["heure"], &["jour"], &["semaine"]],
    },
    Language {
        tag: "es",
        today: &["hoy"],
        yesterday: &["ayer"],
        before_yesterday: &["anteayer"],
        ago: &["hace"],
        units: [&["min"], &["hora"], &["día", "dia"], &["semana"]],
    },
    Language {
        tag: "pt",
        today: &["hoje"],
        yesterday: &["ontem"],
        before_yesterday: &["anteontem"],
        ago: &["há", "atrás"],
        units: [&["min"], &["hora"], &["dia"], &["semana"]],
    },
    Language {
        tag: "it",
        today: &["oggi"],
        yesterday: &["ieri"],
        before_yesterday: &["l’altro ieri", "ieri l’altro"],
        ago: &["fa"],
        units: [&["min"], &["ora", "ore"], &["giorn"], &["settiman"]],
    },
    Language {
        tag: "nl",
        today: &["vandaag"],
        yesterday: &["gisteren"],
        before_yesterday: &["eergisteren"],
        ago: &["geleden"],
        units: [&["min"], &["uur"], &["dag"], &["week", "weken"]],
    },
    Language {
        tag: "sv",
        today: &["idag", "i dag"],
        yesterday: &["igår", "i går"],
        before_yesterday: &["i förrgår"],
        ago: &["sedan"],
        units: [&["min"], &["timm", "tim"], &["dag"], &["veck"]],
    },
    Language {
        tag: "no",
        today: &["i dag"],
        yesterday: &["i går"],
        before_yesterday: &["i forgårs"],
        ago: &["siden"],
        units: [&["min"], &["time"], &["dag"], &["uke"]],
    },
    Language {
        tag: "da",
        today: &["i dag"],
        yesterday: &["i går"],
        before_yesterday: &["i forgårs"],
        ago: &["siden"],
        units: [&["min"], &["time"], &["dag"], &["uge"]],
    },
    Language {
        tag: "pl",
        today: &["dzisiaj", "dziś"],
        yesterday: &["wczoraj"],
        before_yesterday: &["przedwczoraj"],
        ago: &["temu"],
        units: [
            &["min"],
            &["godz"],
            &["dzień", "dni"],
            &["tydzień", "tygodni"],
        ],
    },
    Language {
        tag: "ru",
        today: &["сегодня"],
        yesterday: &["вчера"],
        before_yesterday: &["позавчера"],
        ago: &["назад"],
        units: [&["мин"], &["час"], &["день", "дня", "дней"], &["недел"]],
    },
    Language {
        tag: "tr",
        today: &["bugün"],
        yesterday: &["dün"],
        before_yesterday: &["evvelsi gün"],
        ago: &["önce"],
        units: [&["dakika", "dk"], &["saat"], &["gün"], &["hafta"]],
    },
    Language {
        tag: "ja",
        today: &["今日", "本日"],
        yesterday: &["昨日"],
        before_yesterday: &["一昨日"],
        ago: &["前"],
        units: [&["分"], &["時間"], &["日"], &["週間"]],
    },
    Language {
        tag: "ko",
        today: &["오늘"],
        yesterday: &["어제"],
        before_yesterday: &["그저께"],
        ago: &["전"],
        units: [&["분"], &["시간"], &["일"], &["주"]],
    },
    Language {
        tag: "zh",
        today: &["今天"],
        yesterday: &["昨天"],
        before_yesterday: &["前天"],
        ago: &["前"],
        units: [&["分"], &["小时", "小時"], &["天"], &["周", "週"]],
    },
];

/// Reads a day told from `seen`; of a language that is not known, if only one reads it so.
pub(super) fn read(text: &str, lang: Option<&str>, seen: DateTime<Utc>) -> Option<StatedDate> {
    if text.len() > 60 {
        return None;
    }
    let text = text.to_lowercase();
    let mut found: Option<NaiveDate> = None;
    for language in &LANGUAGES {
        if lang.is_some_and(|lang| lang != language.tag && language.tag != "en") {
            continue;
        }
        if let Some(date) = in_language(&text, language, seen) {
            if found.is_some_and(|found| found != date) {
                return None;
            }
            found = Some(date);
        }
    }
    found
        .or_else(|| last_weekday(&text, seen))
        .map(StatedDate::day)
}

fn in_language(text: &str, language: &Language, seen: DateTime<Utc>) -> Option<NaiveDate> {
    let starts = |words: &[&str]| {
        words.iter().any(|word| {
            text.strip_prefix(word)
                .is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        })
    };
    // Longer words first: `前天` is no `天`, `avant-hier` no `hier`.
    for (words, days) in [
        (language.before_yesterday, 2),
        (language.yesterday, 1),
        (language.today, 0),
    ] {
        if starts(words) {
            let day = seen.checked_sub_signed(Duration::days(days))?;
            return Some(day.date_naive());
        }
    }
    let ago = language.ago.iter().find(|ago| text.contains(*ago))?;
    let counted = text.replacen(ago, " ", 1);
    let counted = counted.trim();
    let digits: Vec<u32> = counted.chars().map_while(digit).collect();
    if digits.is_empty() || digits.len() > 2 {
        return None;
    }
    let number = digits.iter().fold(0_i64, |number, digit| {
        number.saturating_mul(10).saturating_add((*digit).into())
    });
    let rest: String = counted.chars().skip(digits.len()).collect();
    let unit = rest.trim().trim_start_matches("个");
    let position = language
        .units
        .iter()
        .position(|words| words.iter().any(|word| unit.starts_with(word)))?;
    // One unit only: nothing else may follow but the rest of its word.
    if unit.split_whitespace().count() != 1 {
        return None;
    }
    let back = match position {
        0 => Duration::minutes(number),
        1 => Duration::hours(number),
        2 => Duration::days(number),
        _ => Duration::weeks(number),
    };
    Some(seen.checked_sub_signed(back)?.date_naive())
}

/// `last Tuesday`: the latest before the day it was seen.
fn last_weekday(text: &str, seen: DateTime<Utc>) -> Option<NaiveDate> {
    let weekday: Weekday = text.strip_prefix("last ")?.trim().parse().ok()?;
    let today = seen.date_naive();
    let back = match today.weekday().days_since(weekday) {
        0 => 7,
        back => back,
    };
    today.checked_sub_signed(Duration::days(back.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_back() {
        let seen = "2025-10-25T02:00:00Z".parse().unwrap();
        for (text, lang, expected) in [
            ("Yesterday", None, "2025-10-24"),
            ("Yesterday, 10:20", Some("en"), "2025-10-24"),
            ("3 hours ago", None, "2025-10-24"),
            ("1 hour ago", Some("de"), "2025-10-25"),
            ("vor 2 Tagen", Some("de"), "2025-10-23"),
            ("il y a 3 jours", None, "2025-10-22"),
            ("hace 1 semana", Some("es"), "2025-10-18"),
            ("2 часа назад", None, "2025-10-25"),
            ("вчера в 10:20", Some("ru"), "2025-10-24"),
            ("3日前", Some("ja"), "2025-10-22"),
            ("2天前", Some("zh"), "2025-10-23"),
            ("last Tuesday", None, "2025-10-21"),
            ("last Saturday", None, "2025-10-18"),
            ("hier", None, "2025-10-24"),
            ("ago", None, ""),
            ("300 hours ago", None, ""),
            ("2 days and 3 hours ago", None, ""),
            ("todays", None, ""),
        ] {
            let date = read(text, lang, seen).map(|stated| stated.date.to_string());
            assert_eq!(date.unwrap_or_default(), expected, "{text}");
        }
    }
}
