use proptest::prelude::*;

use super::*;

fn tokens(mut analyzer: TextAnalyzer, text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    analyzer
        .token_stream(text)
        .process(&mut |token| tokens.push(token.clone()));
    tokens
}

fn words(text: &str) -> Vec<String> {
    let tokens = tokens(news_analyzer(), text).into_iter();
    tokens.map(|token| token.text).collect()
}

#[test]
fn spellings_of_one_thing_give_the_same_tokens() {
    for spellings in [
        &[
            "one percent",
            "one per cent",
            "1%",
            "1 percent",
            "One per-cent",
            "1 %",
            "１％",
        ][..],
        &["100 percent", "100%", "100 per\ncent"],
        &[
            "don't", "don’t", "DON‘T", "donʼt", "don´t", "don`t", "don‛t",
        ],
        &["US", "U.S.", "U.S", "u.s."],
        &["US-led", "U.S.-led", "US led"],
        &["the US’s aim", "the U.S.'s aim", "the US aim"],
        &["café", "cafe", "CAFÉ", "cafe\u{301}"],
        &["Trump's plan", "Trump’s plan", "Trump plan"],
        &["twenty-five", "25", "Twenty-Five"],
        &["1,000", "1000"],
        &["well-known", "well known"],
        &["opportunities", "opportunity"],
        &["co\u{ad}operate", "cooperate"],
        &["thirty", "30"],
        &["twenty five", "25"],
        &["one hundred percent", "100%", "100 pct", "100pc"],
        &["two thousand", "2,000", "2000", "2 thousand"],
        &["one hundred thousand", "100,000"],
        &[
            "two hundred and fifty",
            "250",
            "two hundred fifty",
            "Two-Hundred-and-Fifty",
            "two hundred AND\nfifty",
        ],
        &["one hundred and one", "101"],
        &[
            "one thousand two hundred and thirty-four",
            "1,234",
            "one thousand two hundred thirty four",
        ],
        &["two thousand and sixteen", "2016"],
        &["two hundred and fifty-one thousand", "251,000"],
        &[
            "nine hundred and ninety-nine thousand nine hundred ninety-nine",
            "999999",
        ],
        &["two hundred and fifty million", "250 million"],
        &["twenty five-year plans", "20 five-year plans"],
        &["$5m", "$5 million", "five million"],
        &["£3.2bn", "3.2 billion", "3.2 bn", "3.2bn"],
        &["$50k", "50,000"],
        &["e-mail", "email", "E-mail"],
        &["co-operate", "cooperate", "co‑operate"],
        &["re-election", "reelection"],
        &["Marks & Spencer", "Marks and Spencer"],
        &["WHO", "W.H.O."],
        &["controlled", "control"],
        &["١٢", "12"],
    ] {
        let first = words(spellings[0]);
        for spelling in spellings {
            assert_eq!(words(spelling), first, "{spelling}");
        }
    }
}

#[test]
fn different_things_give_different_tokens() {
    for (one, other) in [
        ("percent", "percentage"),
        ("1%", "100%"),
        ("3.5", "35"),
        ("per center", "percent"),
        ("can't", "cant"),
        ("US", "us"),
        ("WHO", "who"),
        ("5m wall", "5 million wall"),
        ("hundreds", "100"),
        ("government", "govern"),
        ("longterm", "long-term"),
    ] {
        assert_ne!(words(one), words(other), "{one} {other}");
    }
}

#[test]
fn texts_become_tokens() {
    for (text, expected) in [
        (
            "“I don't want to miss even a one percent chance,”",
            "i don't want to miss even a 1 percent chanc",
        ),
        (
            "24.10.2025 at 9 a.m. on $3.5bn, no. 1,2,3",
            "24 10 2025 at 9 am on 3.5 billion no 1 2 3",
        ),
        ("Plan B. A man", "plan b a man"),
        ("漢字とlatin語", "漢 字 と latin 語"),
        ("rock 'n' roll ‘quoted’ workers’", "rock n roll quot worker"),
        ("10,0000 1,00", "10 0000 1 00"),
        (
            "between two hundred and three hundred men",
            "between 200 and 300 men",
        ),
        ("one thousand and two thousand", "1000 and 2000"),
        ("two hundred five-star hotels", "200 5 star hotel"),
        ("a hundred and ten", "a hundred and 10"),
        ("two hundred\n\nFifty men", "200 50 men"),
        ("two hundred and", "200 and"),
        ("thirty zero, two hundred and zero", "30 0 200 and 0"),
        ("`quoted` and ``quoted''", "quot and quot"),
        ("", ""),
        ("… — !", ""),
    ] {
        assert_eq!(words(text).join(" "), expected);
    }
}

#[test]
fn texts_have_more_tokens_than_queries() {
    let all = |text| {
        let tokens = tokens(indexing_analyzer(), text).into_iter();
        let shown = tokens.map(|token| format!("{}@{}", token.text, token.position));
        shown.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(all("tell the U.S. this"), "tell@0 the@1 US@2 us@2 this@3");
    assert_eq!(all("tell us"), "tell@0 us@1");
    assert_eq!(
        all("two hundred thousand men"),
        "200000@0 two@0 hundred@0 thousand@0 men@1"
    );
    assert_eq!(words("two hundred thousand men").join(" "), "200000 men");
    assert_eq!(
        all("two hundred and two men"),
        "202@0 two@0 hundred@0 men@1"
    );
}

#[test]
fn scripts_without_blanks_are_cut_into_letters() {
    assert_eq!(words("ไม่ที่").join(" "), "ไ ม่ ที่");
    assert_eq!(words("ｶﾞﾗｽ").join(" "), "ガ ラ ス");
}

#[test]
fn names_keep_their_endings() {
    let texts = |text| -> Vec<String> {
        let tokens = tokens(names_analyzer(), text).into_iter();
        tokens.map(|token| token.text).collect()
    };
    assert_eq!(texts("Maxine Waters’s"), ["maxine", "waters"]);
    assert_eq!(texts("Kim Jong-un"), ["kim", "jong", "un"]);
    assert_eq!(texts("D'Ávila Ten"), ["d'avila", "ten"]);
}

#[test]
fn offsets_mark_the_word_as_written() {
    for text in [
        "[U.S.] officials",
        "[Trump]’s plan",
        "[per cent] of",
        "[twenty-five] men",
        "([1,000.5])",
        "[don’t]",
        "[カ]ナ",
        "“[%]”",
    ] {
        let start = text.find('[').unwrap();
        let end = text.find(']').unwrap() - 1;
        let plain = text.replace(['[', ']'], "");
        let first = &tokens(news_analyzer(), &plain)[0];
        assert_eq!((first.offset_from, first.offset_to), (start, end), "{text}");
    }
}

#[test]
fn words_too_long_for_a_word_leave_a_gap() {
    let text = format!("one {} two", "x".repeat(LONGEST + 1));
    let tokens = tokens(news_analyzer(), &text);
    let positions: Vec<_> = tokens.iter().map(|token| token.position).collect();
    assert_eq!(positions, [0, 2]);
}

#[test]
fn a_used_tokenizer_gives_the_same_tokens_as_a_new_one() {
    let mut used = news_analyzer();
    for _ in 0..2 {
        let mut again = Vec::new();
        used.token_stream("One runner runs per cent 1")
            .process(&mut |token| again.push(token.clone()));
        assert_eq!(again, tokens(news_analyzer(), "One runner runs per cent 1"));
    }
}

proptest! {
    #[test]
    fn tokens_lie_in_order_on_character_boundaries(text in "\\PC{0,80}") {
        for analyzer in [news_analyzer(), names_analyzer()] {
            let mut end = 0;
            for (at, token) in tokens(analyzer, &text).iter().enumerate() {
                prop_assert!(token.offset_from >= end);
                prop_assert!(token.offset_to > token.offset_from);
                prop_assert!(text.get(token.offset_from..token.offset_to).is_some());
                prop_assert!(token.position >= at);
                prop_assert!(!token.text.is_empty());
                end = token.offset_to;
            }
        }
    }

    #[test]
    fn odd_texts_do_not_break_offsets(
        text in "([a-zA-Z.'’%,0-9 é漢か\u{301}\u{ad}-]|per cent|twenty-|U\\.S\\.){0,40}"
    ) {
        let mut end = 0;
        for token in tokens(news_analyzer(), &text) {
            prop_assert!(token.offset_from >= end && token.offset_to > token.offset_from);
            prop_assert!(text.get(token.offset_from..token.offset_to).is_some());
            prop_assert!(!token.text.is_empty(), "{:?}", token);
            end = token.offset_to;
        }
    }

    #[test]
    fn case_does_not_count(text in "[a-z '’.%-]{0,40}") {
        let capitals = words(&text.to_ascii_uppercase()).into_iter().map(|word| {
            let known = CAPITALS.iter().find(|(_, upper)| *upper == word);
            known.map_or(word, |(lower, _)| (*lower).to_owned())
        });
        let lower = words(&text).into_iter().map(|word| word.to_lowercase());
        prop_assert!(lower.eq(capitals), "{}", text);
    }
}

/// Reads every word closely.
fn read_slowly(tokenizer: &mut NewsTokenizer, text: &str) -> Vec<Token> {
    let mut stream = tokenizer.token_stream(text);
    let mut tokens = Vec::new();
    while stream.next(false) {
        tokens.push(stream.token().clone());
    }
    tokens
}

/// Texts of words that plain ones could be mistaken for, and of what stands between them.
fn tricky_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => prop::sample::select(vec![
            "per", "cent", "Per", "US", "us", "WHO", "It", "IS", "U", "S", "twenty", "five", "two", "hundred", "bn", "pc",
            "m", "million", "e", "co", "re", "op", "mail", "chances", "Chance", "news", "skies", "HK", "A", "km", "Don",
            "t", "s", "5", "20", "3rd", "1,000", "don't", "don’t", "café", "naïve", "漢字", "ไทย",
            "internationalization", "antidisestablishmentarianism",
        ]).prop_map(str::to_owned),
        2 => "[A-Za-z]{1,18}",
        1 => "\\PC{1,3}",
    ];
    let between = prop::sample::select(vec![
        " ", " ", " ", "", "-", "--", ".", ". ", ".-", ", ", "'", "’", "/", "_", "%", " % ", "&",
        "$", "\n", "\u{a0}", "‑", "—",
    ]);
    prop::collection::vec((word, between), 0..12).prop_map(|parts| {
        parts
            .into_iter()
            .flat_map(|(word, between)| [word, between.to_owned()])
            .collect()
    })
}

proptest! {
    #[test]
    fn words_read_plainly_are_as_if_read_closely(text in tricky_text()) {
        for (stems, all) in [(true, true), (true, false), (false, false)] {
            let mut tokenizer = NewsTokenizer::new(stems, all);
            let slow = read_slowly(&mut tokenizer, &text);
            prop_assert_eq!(&tokens(TextAnalyzer::from(tokenizer), &text), &slow);
        }
    }
}
