-- Keys of users, apart from everything else: whoever destroys a row here has erased the address.
CREATE TABLE user_key (
    user_id BLOB PRIMARY KEY,
    wrapped BLOB NOT NULL
);
