"""示范县: an invented county, as large as a real one, to show and to measure the whole product with."""
