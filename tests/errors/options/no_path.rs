frontline::frontline_api!(pets);

fn main() {}
