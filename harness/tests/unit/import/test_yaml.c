#include "import/openapi/yaml.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

static void assert_json(const char *yaml, const char *expected)
{
    struct error err = {0};
    json_t *json;

    if (yaml_read(&json, "y", yaml, strlen(yaml), &err) != 0) {
        fail_msg("%s", err.message);
    }
    char *dump = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
    assert_string_equal(dump, expected);
    free(dump);
    json_decref(json);
}

static void assert_refused(const char *yaml, const char *message)
{
    struct error err = {0};
    json_t *json = NULL;

    assert_int_equal(yaml_read(&json, "y", yaml, strlen(yaml), &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_null(json);
    assert_string_equal(err.message, message);
}

TEST(plain_scalars_have_the_types_of_the_core_schema)
{
    assert_json("[null, ~, true, False, yes, 7, -7, +7, 007, 1.5, .5, -1e3, 1.2.3, 1_000, 0x1f, e3, .inf, -, '7']",
                "[null,null,true,false,\"yes\",7,-7,7,7,1.5,0.5,-1000.0,\"1.2.3\",\"1_000\",\"0x1f\",\"e3\",\".inf\","
                "\"-\",\"7\"]");
    assert_json("99999999999999999999999", "\"99999999999999999999999\"");
    assert_json("a:\nb: ''\n2: !!str 3", "{\"a\":null,\"b\":\"\",\"2\":\"3\"}");
}

TEST(aliases_repeat_what_they_name)
{
    assert_json("{a: &x [1, {b: 2}], c: *x, d: [*x]}",
                "{\"a\":[1,{\"b\":2}],\"c\":[1,{\"b\":2}],\"d\":[[1,{\"b\":2}]]}");
    assert_refused("a: &x [*x]", "y:1: an alias of nothing that was read before it");
}

TEST(what_is_no_yaml_is_refused_with_its_line)
{
    assert_refused("", "y:1: expected a value");
    assert_refused("a: 1\na: 2", "y:2: this key is here twice");
    assert_refused("? [a]\n: b", "y:1: expected a string as the key");
    assert_refused("a: 1\nb: \"\\0", "y:2: is no YAML: found unexpected end of stream");
}
