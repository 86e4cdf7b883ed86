//! Three-way merges of statements, clause by clause: what merges, what conflicts, and what the result looks like.

use std::{
    fs,
    path::{Path, PathBuf},
};

use recension::change::{self, Tier, Verdict, compare};
use recension::ingest;
use recension::merge::{Disagreement, MergeError, MergedText, Options, merge, merge_clauses};
use recension::statement::Statement;

const RESOLUTION: [&str; 8] = [
    "The Meridian Assembly,",
    "Recalling its resolution 9/14 on the report of the Committee on the peaceful uses of outer space,",
    "1. Urges all States to keep 150 posts in the northern strait, and to report on each of them every year;",
    "2. Requests the Secretariat to publish the reports of States before the spring session;",
    "3. Calls upon Veltria and Orsania to resume their talks on the reduction of arms without delay;",
    "4. Welcomes the offer of the city of Elmburg to host the talks and to bear their cost;",
    "5. Invites observers of the neighbouring States to attend the opening meeting of the talks;",
    "6. Decides to remain seized of the matter.",
];

fn text(clauses: &[&str]) -> String {
    clauses.join("\n\n") + "\n"
}

fn resolution() -> Vec<String> {
    RESOLUTION.iter().map(|clause| (*clause).to_owned()).collect()
}

/// Clauses numbered anew from the third on.
fn numbered(clauses: Vec<String>) -> Vec<String> {
    let mut number = 0;
    let anew = |clause: String| match clause.split_once(". ") {
        Some((label, rest)) if label.parse::<u32>().is_ok() => {
            number += 1;
            format!("{number}. {rest}")
        }
        _ => clause,
    };
    clauses.into_iter().map(anew).collect()
}

fn joined(clauses: &[String]) -> String {
    clauses.join("\n\n") + "\n"
}

/// Breaks every paragraph into lines of some forty columns.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    for paragraph in text.trim_end().split("\n\n") {
        let mut width = 0;
        for word in paragraph.split_whitespace() {
            if width > 0 {
                let breaks = width + word.len() >= 40;
                out.push(if breaks { '\n' } else { ' ' });
                width = if breaks { 0 } else { width + 1 };
            }
            out.push_str(word);
            width += word.len();
        }
        out.push_str("\n\n");
    }
    out.trim_end().to_owned() + "\n"
}

fn merged(base: &str, ours: &str, theirs: &str) -> MergedText {
    merge(base.as_bytes(), ours.as_bytes(), theirs.as_bytes(), Options::default()).expect("texts that merge")
}

#[track_caller]
fn clean(base: &str, ours: &str, theirs: &str) -> String {
    let merged = merged(base, ours, theirs);
    let out = String::from_utf8(merged.bytes).expect("UTF-8");
    assert_eq!(merged.conflicts, [], "{out}");
    out
}

#[track_caller]
fn clashing(base: &str, ours: &str, theirs: &str, conflicts: &[(&str, Disagreement)]) -> String {
    let merged = merged(base, ours, theirs);
    let out = String::from_utf8(merged.bytes).expect("UTF-8");
    let found: Vec<_> = merged.conflicts.iter().map(|found| (found.address.as_str(), found.why)).collect();
    assert_eq!(found, conflicts, "{out}");
    out
}

#[test]
fn each_side_changes_another_clause() {
    let base = text(&RESOLUTION);
    let ours = base.replace("150 posts", "105 posts");
    let theirs = base.replace("without delay", "before the end of the year");
    assert_eq!(clean(&base, &ours, &theirs), ours.replace("without delay", "before the end of the year"));
}

#[test]
fn a_text_that_one_side_only_wrapped_takes_the_changes_of_the_other() {
    let base = text(&RESOLUTION);
    let ours = wrapped(&base);
    let theirs = base.replace("without delay", "before the end of the year");
    let out = clean(&base, &ours, &theirs);
    let untouched =
        |text: &str| text.lines().filter(|line| !line.contains("talks")).map(str::to_owned).collect::<Vec<_>>();
    assert!(out.contains("3. Calls upon Veltria and Orsania to resume their talks on the reduction of arms before the end of the year;"), "{out}");
    assert!(out.starts_with(&ours[..ours.find("3. ").expect("3")]), "{out}");
    assert!(out.ends_with(&ours[ours.find("4. ").expect("4")..]), "{out}");
    assert!(!untouched(&out).is_empty());
    // The other way round the layout is that of the side that changed the words.
    assert_eq!(clean(&base, &theirs, &ours), theirs);
}

#[test]
fn a_paragraph_inserted_and_all_renumbered_while_the_other_side_edits_one_of_them() {
    let base = text(&RESOLUTION);
    let mut ours = resolution();
    ours.insert(3, "9. Takes note with appreciation of the work of the joint commission of experts;".to_owned());
    let ours = joined(&numbered(ours));
    let theirs = base.replace("observers of the neighbouring States", "two observers of each neighbouring State");
    let out = clean(&base, &ours, &theirs);
    assert_eq!(out, ours.replace("observers of the neighbouring States", "two observers of each neighbouring State"));
    assert!(out.contains("6. Invites two observers"), "{out}");
    // And the other way round.
    assert_eq!(clean(&base, &theirs, &ours), out);
}

#[test]
fn both_sides_insert_a_paragraph_and_renumber_what_follows() {
    let base = text(&RESOLUTION);
    let (mut ours, mut theirs) = (resolution(), resolution());
    ours.insert(3, "9. Takes note with appreciation of the work of the joint commission of experts;".to_owned());
    theirs.insert(6, "9. Thanks the Government of Orsania for the maps that it put at the disposal of all;".to_owned());
    let merged = merged(&base, &joined(&numbered(ours)), &joined(&numbered(theirs)));
    let out = String::from_utf8(merged.bytes).expect("UTF-8");
    assert_eq!(merged.conflicts, [], "{out}");
    let mut both = resolution();
    both.insert(6, "9. Thanks the Government of Orsania for the maps that it put at the disposal of all;".to_owned());
    both.insert(3, "9. Takes note with appreciation of the work of the joint commission of experts;".to_owned());
    assert_eq!(out, joined(&numbered(both)));
    assert_eq!(merged.renumbered, 3);
}

#[test]
fn a_clause_moved_by_one_side_and_edited_by_the_other() {
    let base = text(&RESOLUTION);
    let mut ours = resolution();
    let clause = ours.remove(6);
    ours.insert(2, clause);
    let ours = joined(&ours);
    let theirs = base.replace("observers of the neighbouring States", "two observers of each neighbouring State");
    let wanted = ours.replace("observers of the neighbouring States", "two observers of each neighbouring State");
    assert_eq!(clean(&base, &ours, &theirs), wanted);
    assert_eq!(clean(&base, &theirs, &ours), wanted);
}

#[test]
fn the_same_insertion_stands_once_and_others_stand_both() {
    let base = text(&RESOLUTION[..3]);
    let note = "Noting with concern the loss of the archive of the northern posts in the flood of May,";
    let insert = |clause: &str| text(&[RESOLUTION[0], RESOLUTION[1], clause, RESOLUTION[2]]);
    assert_eq!(clean(&base, &insert(note), &wrapped(&insert(note))), insert(note));
    let other = "Expressing its gratitude to the town of Carrow for its hospitality and its patience,";
    let out = clean(&base, &insert(note), &insert(other));
    assert_eq!(out, text(&[RESOLUTION[0], RESOLUTION[1], note, other, RESOLUTION[2]]));
}

#[test]
fn both_change_one_clause_otherwise() {
    let base = text(&RESOLUTION);
    let ours = base.replace("150 posts", "105 posts");
    let theirs = base.replace("150 posts", "90 posts").replace("without delay", "at once");
    let out = clashing(&base, &ours, &theirs, &[("operative 1", Disagreement::Edited)]);
    let wanted = "\
<<<<<<< ours operative 1
1. Urges all States to keep 105 posts in the northern strait, and to report on each of them every year;
||||||| base operative 1
1. Urges all States to keep 150 posts in the northern strait, and to report on each of them every year;
=======
1. Urges all States to keep 90 posts in the northern strait, and to report on each of them every year;
>>>>>>> theirs operative 1
";
    assert!(out.contains(wanted), "{out}");
    assert!(out.contains("of arms at once;"), "{out}");
    assert_eq!(out.replace(wanted, "1\n"), {
        let after = theirs.replace(RESOLUTION[2], "1");
        after.replace(
            "1. Urges all States to keep 90 posts in the northern strait, and to report on each of them every year;",
            "1",
        )
    });
}

#[test]
fn a_deletion_against_a_change_is_a_conflict_and_against_nothing_is_none() {
    let base = text(&RESOLUTION);
    let deleted = |at: usize| {
        let mut clauses = resolution();
        clauses.remove(at);
        joined(&clauses)
    };
    let edited = base.replace("Elmburg", "Carrow");
    let out = clashing(&base, &deleted(5), &edited, &[("operative 4", Disagreement::DeletedByOurs)]);
    assert!(out.contains("<<<<<<< ours (nothing)\n||||||| base operative 4\n4. Welcomes"), "{out}");
    let out = clashing(&base, &edited, &deleted(5), &[("operative 4", Disagreement::DeletedByTheirs)]);
    assert!(out.contains("Carrow to host the talks and to bear their cost;\n||||||| base"), "{out}");
    assert_eq!(clean(&base, &edited, &deleted(3)), deleted(3).replace("Elmburg", "Carrow"));
    assert_eq!(clean(&base, &deleted(3), &wrapped(&base)), deleted(3));
    // The last and the first clause.
    assert_eq!(clean(&base, &edited, &deleted(7)), deleted(7).replace("Elmburg", "Carrow"));
    assert_eq!(clean(&base, &edited, &deleted(0)), deleted(0).replace("Elmburg", "Carrow"));
}

#[test]
fn a_clause_that_each_side_moved_elsewhere_is_a_conflict_at_both_places() {
    let base = text(&RESOLUTION);
    let moved = |to: usize| {
        let mut clauses = resolution();
        let clause = clauses.remove(4);
        clauses.insert(to, clause);
        joined(&clauses)
    };
    let out = clashing(&base, &moved(2), &moved(7), &[("operative 3", Disagreement::Moved)]);
    assert_eq!(out.matches("3. Calls upon Veltria").count(), 2, "{out}");
    assert_eq!((out.matches("<<<<<<<").count(), out.matches(">>>>>>>").count()), (2, 2), "{out}");
}

#[test]
fn a_split_is_one_unit() {
    let base = text(&RESOLUTION);
    let split = base.replace(
        "in the northern strait, and to report on each of them every year;",
        "in the northern strait.\n\nAll States shall also report on each of them to the Assembly every year;",
    );
    let elsewhere = base.replace("Elmburg", "Carrow");
    assert_eq!(clean(&base, &elsewhere, &split), split.replace("Elmburg", "Carrow"));
    assert_eq!(clean(&base, &split, &elsewhere), split.replace("Elmburg", "Carrow"));
}

#[test]
fn furniture_stays_as_ours_has_it() {
    let base = text(&RESOLUTION);
    let page = |text: &str| {
        text.replace(" strait, and to report", " strait,\n\n2/4 ML.31-00417\n\u{c}\nML/CRS/41\n\nand to report")
            .replace("\n\n4. Wel", "\n\n3/4 ML.31-00417\n\u{c}\nML/CRS/41\n\n4. Wel")
    };
    let theirs = base.replace("150 posts", "105 posts");
    let out = clean(&base, &page(&base), &theirs);
    assert_eq!((out.matches("ML/CRS/41").count(), out.matches("ML.31-00417").count()), (2, 2), "{out}");
    assert!(out.contains("105 posts in the northern strait, and to report on each of them every year;"), "{out}");
    let out = clean(&base, &theirs, &page(&base.replace("Elmburg", "Carrow")));
    assert_eq!(out, theirs.replace("Elmburg", "Carrow"));
}

#[test]
fn line_ends_are_those_of_ours() {
    let base = text(&RESOLUTION);
    let dos = |text: &str| text.replace('\n', "\r\n");
    let ours = dos(&base.replace("150 posts", "105 posts"));
    let theirs = wrapped(&base.replace("Elmburg", "Carrow"));
    let out = clean(&base, &ours, &theirs);
    assert_eq!(out.matches('\n').count(), out.matches("\r\n").count());
    assert!(out.replace("\r\n", " ").contains("the offer of the city of Carrow"));
    let out = clashing(&dos(&base), &ours, &dos(&base.replace("150", "90")), &[("operative 1", Disagreement::Edited)]);
    assert_eq!(out.matches('\n').count(), out.matches("\r\n").count());
}

#[test]
fn chinese() {
    let base = "联合声明\n\n双方就战略稳定问题声明如下：\n\n一、双方重申致力于维护国际和地区的战略平衡与稳定。\n\n二、双方将保留不超过150个哨所，并每年通报一次。\n\n三、双方呼吁各国不在外层空间部署武器。\n\n四、双方将在埃尔姆堡设立联络处。\n";
    // One side inserts and renumbers, and breaks the lines; the other changes a number.
    let ours = "联合声明\n\n双方就战略稳定问题声明如下：\n\n一、双方重申致力于维护国际和地区的\n战略平衡与稳定。\n\n二、双方同意尽早恢复关于削减军备的谈判。\n\n三、双方将保留不超过150个哨所，\n并每年通报一次。\n\n四、双方呼吁各国不在外层空间部署武器。\n\n五、双方将在埃尔姆堡设立联络处。\n";
    let theirs = base.replace("150", "105");
    let out = clean(base, ours, &theirs);
    assert_eq!(out, ours.replace("150个哨所，\n并每年", "105个哨所，并每年"));
    // Both insert and count on.
    let theirs =
        base.replace("四、", "五、").replace("\n\n五、", "\n\n四、双方欢迎奥萨尼亚提出的信任措施倡议。\n\n五、");
    let out = clean(base, ours, &theirs);
    assert!(out.contains("五、双方欢迎奥萨尼亚") && out.contains("六、双方将在埃尔姆堡"), "{out}");
}

#[test]
fn arabic() {
    let base = "بيان مشترك\n\n1 - يؤكد الجانبان من جديد التزامهما بالمعاهدة المتعلقة بخفض الأسلحة.\n\n2 - يحتفظ كل جانب بما لا يزيد على 150 موقعا في المضيق الشمالي.\n\n3 - يدعو الجانبان جميع الدول إلى الامتناع عن نشر الأسلحة في الفضاء الخارجي.\n";
    let ours = base.replace("150", "105");
    let theirs = base.replace("جميع الدول", "الدول كافة").replace("2 - يحتفظ كل جانب", "2 - يحتفظ\nكل جانب");
    assert_eq!(clean(base, &ours, &theirs), ours.replace("جميع الدول", "الدول كافة"));
    let clash = base.replace("150", "90");
    let out = clashing(base, &ours, &clash, &[("2", Disagreement::Edited)]);
    assert!(out.contains("<<<<<<< ours 2\n2 - يحتفظ") && out.contains("على 90 موقعا"), "{out}");
}

#[test]
fn other_languages() {
    for (base, number) in [
        (
            "Стороны заявляют следующее:\n\n1. Стороны вновь подтверждают свою приверженность Договору о сокращении вооружений.\n\n2. Каждая Сторона сохраняет не более 150 постов в северном проливе.\n\n3. Стороны призывают все государства воздерживаться от размещения оружия в космосе.\n",
            "150",
        ),
        (
            "Les Parties déclarent ce qui suit :\n\n1. Les Parties réaffirment leur attachement au traité sur la réduction des armements.\n\n2. Chaque Partie conserve au plus 150 postes dans le détroit du nord.\n\n3. Les Parties invitent tous les États à s’abstenir de placer des armes dans l’espace.\n",
            "150",
        ),
        (
            "Las Partes declaran lo siguiente:\n\n1. Las Partes reafirman su compromiso con el tratado sobre la reducción de armamentos.\n\n2. Cada Parte mantendrá un máximo de 150 puestos en el estrecho del norte.\n\n3. Las Partes exhortan a todos los Estados a abstenerse de emplazar armas en el espacio.\n",
            "150",
        ),
    ] {
        let ours = base.replace(number, "105");
        let third = base.find("3. ").expect("a third");
        let theirs = wrapped(&format!("{}{}", &base[..third], base[third..].replacen("3. ", "3 bis. ", 1)));
        let out = clean(base, &ours, &theirs);
        assert!(out.contains("105") && out.contains("3 bis. "), "{out}");
    }
}

#[test]
fn what_can_not_be_read_is_not_merged() {
    let zeros = [0u8, 1, 2, 3, 200, 201].repeat(40);
    let error = merge(b"A text.\n", b"Another text.\n", &zeros, Options::default()).expect_err("no text");
    assert!(error.to_string().starts_with("theirs can't be read: it is binary data"), "{error}");
    // Where one side did nothing there is nothing to merge.
    assert_eq!(merge(b"A text.\n", b"A text.\n", &zeros, Options::default()).expect("settled").bytes, zeros);
    assert_eq!(merge(&zeros, b"A text.\n", &zeros, Options::default()).expect("settled").bytes, b"A text.\n");
}

#[test]
fn a_label_that_each_side_changed_otherwise_is_a_conflict() {
    let base = text(&RESOLUTION);
    let ours = base.replace("4. Welcomes", "3 bis. Welcomes");
    let theirs = base.replace("4. Welcomes", "3 ter. Welcomes");
    let out = clashing(&base, &ours, &theirs, &[("operative 3 bis", Disagreement::Numbered)]);
    assert!(out.contains("\n=======\n3 ter. Welcomes"), "{out}");
}

#[test]
fn an_item_stays_with_its_list_where_the_other_side_puts_a_paragraph_behind_it() {
    let base = "The Meridian Assembly,\n\nRecalling its resolution 9/14 on the report of the Committee,\n\n1. Requests all States:\n\n(a) To reduce their stocks of northern arms by half;\n\n(b) To report on what is left to the joint commission;\n\n2. Decides to remain seized of the matter.\n";
    let ours = base.replace("2. Decides", "2. Thanks the Government of Orsania for its maps;\n\n3. Decides");
    let theirs =
        base.replace("\n\n2. Decides", "\n\n(c) To invite observers of the neighbouring States;\n\n2. Decides");
    let wanted = ours.replace("\n\n2. Thanks", "\n\n(c) To invite observers of the neighbouring States;\n\n2. Thanks");
    assert_eq!(clean(base, &ours, &theirs), wanted);
    assert_eq!(clean(base, &theirs, &ours), wanted);
}

#[test]
fn both_sides_add_an_item_at_the_end_of_a_list() {
    let base = "The Sides agree:\n\n(a) To reduce their stocks of northern arms by half;\n\n(b) To report on what is left to the joint commission;\n\nThis statement was made in Elmburg.\n";
    let with = |item: &str| base.replace("\n\nThis statement", &format!("\n\n(c) {item}\n\nThis statement"));
    let out =
        clean(base, &with("To invite observers of all neighbours;"), &with("To publish maps of the disputed strait;"));
    assert!(
        out.contains("(c) To invite observers of all neighbours;\n\n(d) To publish maps of the disputed strait;"),
        "{out}"
    );
}

#[test]
fn near_equal_insertions_at_two_places_stand_both_and_at_one_place_conflict() {
    let base = text(&RESOLUTION);
    let clause =
        |number: u32| format!("Noting that report {number} on the northern posts was lost in the flood of last May,");
    let with = |at: usize, clause: String| {
        let mut all = resolution();
        all.insert(at, clause);
        joined(&all)
    };
    let out = clean(&base, &with(1, clause(12)), &with(2, clause(13)));
    assert_eq!((out.matches("report 12").count(), out.matches("report 13").count()), (1, 1), "{out}");
    let out = merged(&base, &with(2, clause(12)), &with(2, clause(13)));
    assert_eq!(out.conflicts.iter().map(|conflict| conflict.why).collect::<Vec<_>>(), [Disagreement::Inserted]);
}

#[test]
fn a_footnote_goes_with_the_text_and_not_with_the_page() {
    let foot = "____________\n1 See resolution 9/14 of the Assembly.\n";
    let base = format!("{}\n{foot}", text(&RESOLUTION).replace("Committee on the", "Committee1 on the"));
    let theirs = base.replace("9/14 of the Assembly", "9/15 of the Assembly").replace("Elmburg", "Carrow");
    let ours = base.replace("150 posts", "105 posts");
    assert_eq!(clean(&base, &ours, &theirs), theirs.replace("150 posts", "105 posts"));
}

#[test]
fn the_encoding_is_that_of_ours() {
    let base = text(&RESOLUTION);
    let utf16 = |text: &str| {
        [b"\xFF\xFE".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat()
    };
    let ours = base.replace("150", "105");
    let theirs = base.replace("Elmburg", "Carrow");
    let found = merge(base.as_bytes(), &utf16(&ours), theirs.as_bytes(), Options::default()).expect("merged");
    assert_eq!(found.bytes, utf16(&ours.replace("Elmburg", "Carrow")));
}

/// The sources of the shipped corpus, those of one work in one language together and in order.
fn shipped() -> Vec<Vec<String>> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        let mut entries: Vec<_> =
            fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        entries.sort();
        for path in entries {
            match path.is_dir() {
                true => collect(&path, found),
                false if path.ends_with("source.txt") => found.push(path),
                false => {}
            }
        }
    }
    let mut sources = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/works"), &mut sources);
    let mut series: Vec<(PathBuf, Vec<String>)> = Vec::new();
    for path in sources {
        let own = path.ancestors().nth(2).expect("a language").to_owned();
        let text = fs::read_to_string(&path).expect("UTF-8");
        match series.last_mut() {
            Some((folder, texts)) if *folder == own => texts.push(text),
            _ => series.push((own, vec![text])),
        }
    }
    series.into_iter().map(|(_, texts)| texts).collect()
}

fn read(text: &str) -> Statement {
    ingest::read(text.as_bytes(), ingest::Options::default()).expect("a text").statement
}

#[track_caller]
fn assert_says(found: &str, wanted: &str) {
    let verdict = compare(&read(wanted), &read(found), &change::Options::default()).verdict;
    assert!(verdict <= Verdict::Changed(Tier::Invisible), "{verdict:?}\n{found}\n---- and not\n{wanted}");
}

#[test]
fn the_shipped_versions_merge_into_each_other() {
    let mut merged = 0;
    for texts in shipped() {
        for pair in texts.windows(2) {
            let (base, theirs) = (pair[0].replace("\r\n", "\n"), pair[1].replace("\r\n", "\n"));
            let merge = |ours: &str, theirs: &str| {
                merge_clauses(base.as_bytes(), ours.as_bytes(), theirs.as_bytes(), Options::default())
            };
            let same = merge(&theirs, &base).expect("the text of ours");
            assert_eq!(String::from_utf8_lossy(&same.bytes), theirs);
            let found = match merge(&base.replace('\n', "\r\n"), &theirs) {
                // The pages of the two are laid out in two ways, and one does not go into the other.
                Err(MergeError::ReadBack) => continue,
                found => found.expect("merged"),
            };
            let out = String::from_utf8(found.bytes).expect("UTF-8");
            assert_eq!(found.conflicts, [], "{out}");
            assert_eq!(out.matches('\n').count(), out.matches("\r\n").count());
            assert_says(&out, &theirs);
            merged += 1;
        }
    }
    assert!(merged >= 3, "{merged} pairs");
}

/// The character boundary at or before a byte.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The text with one more word in the long line that is nearest to a place, in thirds of the text.
fn with_a_word(text: &str, third: usize) -> String {
    let long = |line: &&str| line.chars().filter(|c| c.is_alphabetic()).count() >= 24;
    let line = text[boundary(text, text.len() / 3 * third)..].lines().skip(1).find(long).expect("a line");
    let middle = boundary(line, line.len() / 2);
    let (at, word) = match line[middle..].find(' ') {
        Some(blank) => (middle + blank, " indeed"),
        None => (middle, "确"),
    };
    text.replacen(line, &format!("{}{word}{}", &line[..at], &line[at..]), 1)
}

#[test]
fn two_changes_of_one_shipped_text_merge() {
    let (mut merged, mut texts) = (0, 0);
    for text in shipped().concat() {
        let (ours, theirs) = (with_a_word(&text, 1), with_a_word(&text, 2));
        texts += 1;
        let found = match merge(text.as_bytes(), ours.as_bytes(), theirs.as_bytes(), Options::default()) {
            Err(MergeError::ReadBack) => continue,
            found => found.expect("merged"),
        };
        let out = String::from_utf8(found.bytes).expect("UTF-8");
        assert_eq!(found.conflicts, [], "{out}");
        assert_says(&out, &with_a_word(&theirs, 1));
        merged += 1;
    }
    assert!(merged * 10 >= texts * 9, "{merged} of {texts}");
}
