"""The API described in OpenAPI 3.1 (https://spec.openapis.org), from the tables that the router is made from."""
