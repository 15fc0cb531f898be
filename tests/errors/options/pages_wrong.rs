mod kind {
    frontline::frontline_api!("tests/errors/options/pets.paged.yaml", pages = { "listPets" = curser(next = "a") });
}

mod key {
    frontline::frontline_api!("tests/errors/options/pets.paged.yaml", pages = { "listPets" = address(nxt = "a") });
}

mod missing {
    frontline::frontline_api!("tests/errors/options/pets.paged.yaml", pages = { "listPets" = offset(total = "a") });
}

mod form {
    frontline::frontline_api!("tests/errors/options/pets.paged.yaml", pages = ["listPets"]);
}

mod operation {
    frontline::frontline_api!("tests/errors/options/pets.paged.yaml", pages = { "listPet" = link });
}

mod property {
    frontline::frontline_api!("tests/errors/options/pets.paged.yaml", pages = { "listPets" = address(next = "meta.next") });
}

mod parameter {
    frontline::frontline_api!(
        "tests/errors/options/pets.paged.yaml",
        pages = { "list*" = cursor(parameter = "after", next = "next") },
    );
}

fn main() {}
