use proptest::prelude::*;

use super::*;

fn shown(stated: StatedDate) -> String {
    match stated.precision {
        DatePrecision::Year => stated.date.format("%Y").to_string(),
        DatePrecision::Month => stated.date.format("%Y-%m").to_string(),
        DatePrecision::Instant => stated.instant.unwrap().to_rfc3339(),
        _ => stated.date.to_string(),
    }
}

fn check(reader: DateReader<'_>, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let read = reader.read(text).map(shown).unwrap_or_default();
        assert_eq!(read, *expected, "{text}");
    }
}

#[test]
fn forms_of_dates_are_read() {
    check(
        DateReader::new(),
        &[
            ("2017-12-31", "2017-12-31"),
            ("2017-12", "2017-12"),
            ("2017", "2017"),
            ("December 31, 2017 ", "2017-12-31"),
            ("Dec. 31, 2017", "2017-12-31"),
            ("Sept 3rd 2017", "2017-09-03"),
            ("Sunday, 31 December 2017", "2017-12-31"),
            ("31-Dec-2017", "2017-12-31"),
            ("31st of December, 2017", "2017-12-31"),
            ("May 2017", "2017-05"),
            ("2017/12/31", "2017-12-31"),
            ("20171231", "2017-12-31"),
            ("31.12.2017", "2017-12-31"),
            ("31. 12. 2017", "2017-12-31"),
            ("31.12.17", "2017-12-31"),
            ("31.12.87", "1987-12-31"),
            ("12/31/2017", "2017-12-31"),
            ("31/12/2017", "2017-12-31"),
            ("2017-12-31 10:20:30", "2017-12-31"),
            ("2017-12-31T10:20", "2017-12-31"),
            ("20171231102030", "2017-12-31"),
            ("2017-Dec-31", "2017-12-31"),
            ("December 31, 2017 at 10:20 AM", "2017-12-31"),
            ("31.12.2017 - 10.20 Uhr", "2017-12-31"),
            ("31.12.2017, 10:20 Uhr MEZ", "2017-12-31"),
            (
                "Sun Dec 31 2017 10:20:30 GMT+0100 (CET)",
                "2017-12-31T10:20:30+01:00",
            ),
            ("Sun Dec 31 10:20:30 CEST 2017", "2017-12-31"),
            (
                "Sun Dec 31 10:20:30 +0000 2017",
                "2017-12-31T10:20:30+00:00",
            ),
            (
                "December 31, 2017, 10:20 p.m. EST",
                "2017-12-31T22:20:00-05:00",
            ),
            ("2017-12-31T10:20:30Z", "2017-12-31T10:20:30+00:00"),
            ("2017-12-31T10:20Z", "2017-12-31T10:20:00+00:00"),
            ("2017-12-31 10:20:30 +0000 UTC", "2017-12-31T10:20:30+00:00"),
            (
                "2017-12-31T23:20:30.5-05:00",
                "2017-12-31T23:20:30.500-05:00",
            ),
            ("2017-12-31T23:20:30-0500", "2017-12-31T23:20:30-05:00"),
            ("2017-12-31T23:20:30.000+01", "2017-12-31T23:20:30+01:00"),
            ("2017-12-31T23:20:30+99:00", "2017-12-31"),
            (
                "Sun, 31 Dec 2017 10:20:30 +0100",
                "2017-12-31T10:20:30+01:00",
            ),
            ("Sun, 31 Dec 2017 10:20:30 GMT", "2017-12-31T10:20:30+00:00"),
            (
                "Sunday, 31-Dec-17 10:20:30 GMT",
                "2017-12-31T10:20:30+00:00",
            ),
            ("20171231T102030Z", "2017-12-31T10:20:30+00:00"),
            ("1514715630", "2017-12-31T10:20:30+00:00"),
            ("1514715630000", "2017-12-31T10:20:30+00:00"),
        ],
    );
}

#[test]
fn dates_of_many_languages_are_read() {
    check(
        DateReader::new(),
        &[
            ("31. Dezember 2017, 10:20 Uhr", "2017-12-31"),
            ("So., 31. Dez. 2017", "2017-12-31"),
            ("1er août 2017 à 10h20", "2017-08-01"),
            ("dimanche 31 décembre 2017", "2017-12-31"),
            ("mar. 12 mars 2019", "2019-03-12"),
            ("31 de diciembre de 2017", "2017-12-31"),
            ("domingo, 31 de dezembro de 2017 às 10:20", "2017-12-31"),
            ("segunda-feira, 1 de janeiro de 2018", "2018-01-01"),
            ("31 d’agost de 2017", "2017-08-31"),
            ("31 dicembre 2017 alle 10:20", "2017-12-31"),
            ("31 dec 2017 kl. 10.20", "2017-12-31"),
            ("31. joulukuuta 2017 klo 10.20", "2017-12-31"),
            ("31 grudnia 2017, 10:20", "2017-12-31"),
            ("31. prosince 2017 v 10:20", "2017-12-31"),
            ("31 декабря 2017 г., 10:20", "2017-12-31"),
            ("31 грудня 2017, 10:20", "2017-12-31"),
            ("2017. december 31. 10:20", "2017-12-31"),
            ("2017 m. gruodžio 31 d.", "2017-12-31"),
            ("31 Aralık 2017 Pazar 10:20", "2017-12-31"),
            ("31 Δεκεμβρίου 2017", "2017-12-31"),
            ("31 ديسمبر 2017", "2017-12-31"),
            ("٣١ ديسمبر ٢٠١٧", "2017-12-31"),
            ("31 كانون الأول 2017", "2017-12-31"),
            ("१२ मार्च २०१९", "2019-03-12"),
            ("31 ธันวาคม 2560", "2017-12-31"),
            ("31 ธ.ค. 2560", "2017-12-31"),
            ("31 tháng 12, 2017", "2017-12-31"),
            ("Chủ nhật, 31/12/2017, 10:20", "2017-12-31"),
            ("2017年12月31日", "2017-12-31"),
            ("2017年12月31日(日) 10時20分", "2017-12-31"),
            ("2017年12月31日 下午10:20", "2017-12-31"),
            ("２０１７年１２月", "2017-12"),
            ("令和5年10月25日", "2023-10-25"),
            ("2017년 12월 31일 오후 10:20", "2017-12-31"),
            ("2017.12.31 10:20", "2017-12-31"),
            ("31 Desember 2017 10:20 WIB", "2017-12-31"),
        ],
    );
}

#[test]
fn what_is_no_date_is_not_invented() {
    for text in [
        "",
        "yesterday",
        "Oct. 24",
        "2017-13-01",
        "2017-02-30",
        "13/13/2017",
        "31 Foo 2017",
        "2017-12-31 was cold",
        "0001-01-01",
        "0001-01-01T00:00:00Z",
        "December",
        "99999999",
        "12",
        "2017-12-31-01",
        "March 3, 17",
        "25 listopada 2017",
    ] {
        assert_eq!(parse_date(text), None, "{text}");
    }
}

#[test]
fn the_order_of_day_and_month_comes_from_the_place() {
    let reader = DateReader::new();
    let unknown = reader.read("3/4/2017").unwrap();
    assert_eq!(unknown.date.to_string(), "2017-04-03");
    assert_eq!(unknown.alternative.unwrap().to_string(), "2017-03-04");
    for (lang, country, expected) in [
        (Some("en-US"), None, "2017-03-04"),
        (Some("en_GB"), None, "2017-04-03"),
        (Some("en"), Some("US"), "2017-03-04"),
        (Some("es"), None, "2017-04-03"),
        (None, Some("IN"), "2017-04-03"),
    ] {
        let stated = reader
            .lang(lang)
            .country(country)
            .read("3/4/2017, 10:20")
            .unwrap();
        assert_eq!(stated.date.to_string(), expected, "{lang:?} {country:?}");
        assert_eq!(stated.alternative, None);
    }
    for (url, expected) in [
        ("https://news.example.co.uk/a?b", "2017-04-03"),
        ("https://example.us/a.html", "2017-03-04"),
    ] {
        let stated = reader
            .lang(Some("en"))
            .address(Some(url))
            .read("3/4/2017")
            .unwrap();
        assert_eq!(
            (stated.date.to_string().as_str(), stated.alternative),
            (expected, None),
            "{url}"
        );
    }
    let limit = "2017-03-10T00:00:00Z".parse().ok();
    let stated = reader.not_after(limit).read("3/4/2017").unwrap();
    assert_eq!(
        (stated.date.to_string().as_str(), stated.alternative),
        ("2017-03-04", None)
    );
}

#[test]
fn nothing_is_later_than_the_crawl() {
    let reader = DateReader::new().not_after("2017-12-30T12:00:00Z".parse().ok());
    check(
        reader,
        &[
            ("2017-12-30", "2017-12-30"),
            ("2017-12-31", "2017-12-31"),
            ("2018-01-01", ""),
            ("2017-12-30T12:30:00Z", "2017-12-30T12:30:00+00:00"),
            ("2017-12-30T14:30:00Z", ""),
            ("31.12.19", "1919-12-31"),
        ],
    );
}

#[test]
fn relative_words_need_a_day_to_count_from() {
    let seen = "2017-12-30T12:00:00Z".parse().ok();
    check(DateReader::new().seen(seen), &[("yesterday", "2017-12-29")]);
}

#[test]
fn limits_may_lie_at_the_ends_of_the_calendar() {
    let late = DateReader::new().not_after(Some(DateTime::<Utc>::MAX_UTC));
    check(
        late,
        &[
            ("31.12.2017", "2017-12-31"),
            ("2017-12-30T12:30:00Z", "2017-12-30T12:30:00+00:00"),
        ],
    );
    let early = DateReader::new().seen(Some(DateTime::<Utc>::MIN_UTC));
    check(early, &[("yesterday", ""), ("3 hours ago", "")]);
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,30}|[0-9TZ:/. -]{0,24}|(Oct|Sun|12|2017|, | |th|年|月|T|\\+|Z|de |٢|мая)*") {
        let _ = parse_date(&text);
        let _ = DateReader::new().lang(Some("fr")).seen("2017-12-30T12:00:00Z".parse().ok()).read(&text);
        if let Some((_, length)) = date_prefix(&text) {
            prop_assert!(text.is_char_boundary(length));
        }
        let _ = month_day_prefix(&text);
    }

    #[test]
    fn a_date_reads_back_in_the_shapes_it_is_written_in(days in -130_000i64..80_000) {
        let date = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + Duration::days(days);
        for form in ["%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d %B %Y", "%B %-d, %Y", "%a, %d %b %Y", "%Y年%-m月%-d日", "%Y%m%d"] {
            let text = date.format(form).to_string();
            let read = parse_date(&text).map(|stated| stated.date);
            prop_assert_eq!(read, plausible(date), "{}", text);
        }
    }
}
