"""HTTP without product: routes as data, input, answers."""
