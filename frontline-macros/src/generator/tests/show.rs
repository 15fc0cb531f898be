use quote::quote;
#[test]
fn show() {
    let Ok(path) = std::env::var("SHOW") else { return };
    let options: proc_macro2::TokenStream = std::env::var("OPTS").unwrap_or_default().parse().unwrap();
    let text = crate::generator::expand(quote! { #path, #options }).to_string();
    for part in text.split("compile_error ! {").skip(1) {
        let literal = part.split("\" }").next().unwrap().trim();
        println!(
            "{}",
            literal.trim_start_matches('"').replace("\\n", "\n").replace("\\\"", "\"").replace("\\u{a0}", " ")
        );
    }
    for part in text.split("# [deprecated (note = ").skip(1) {
        let literal = part.split("\")] const").next().unwrap();
        println!(
            "W {}",
            literal.trim_start_matches('"').replace("\\n", "\n").replace("\\\"", "\"").replace("\\u{a0}", " ")
        );
    }
    if std::env::var("ALL").is_ok() {
        println!("{text}");
    }
}
