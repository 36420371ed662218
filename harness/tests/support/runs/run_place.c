#include "run_place.h"

#include "base/file.h"
#include "base/mem.h"
#include "run_example.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void run_place_init(struct run_place *place)
{
    struct run_log log;
    struct error err = {0};

    *place = (struct run_place){.folder = run_example_folder()};
    place->example = file_join(place->folder, "example.jsonl");
    place->file = file_join(place->folder, "other.jsonl");
    run_example_make(&log);
    run_example_write(&log, place->example);
    run_log_release(&log);
    assert_int_equal(file_read(place->example, &place->text, &err), 0);
}

void run_place_release(struct run_place *place)
{
    static const char *const files[] = {"example.jsonl", "other.jsonl", NULL};
    run_example_remove(place->folder, files);
    free(place->example);
    free(place->file);
    text_release(&place->text);
}

void run_place_write(const char *path, const void *data, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

const char *run_place_line(const struct run_place *place, unsigned number)
{
    const char *at = place->text.data;
    while (--number > 0) {
        at = strchr(at, '\n') + 1;
    }
    return at;
}

void run_place_check_refused(const struct run_place *place, const char *data, size_t length, const char *const words[3])
{
    struct run_log log = {.backend_count = 4711};
    struct error err = {0};

    run_place_write(place->file, data, length);
    assert_int_equal(run_log_read(&log, place->file, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_int_equal(log.backend_count, 4711);
    assert_non_null(strstr(err.message, place->file));
    for (int i = 0; i < 3 && words[i] != NULL; i++) {
        if (strstr(err.message, words[i]) == NULL) {
            fail_msg("%s is not named in \"%s\"", words[i], err.message);
        }
    }
}

void run_place_check_line(const struct run_place *place, unsigned number, const json_t *json, const char *key)
{
    struct text text = {0};
    char *line = json_dumps(json, JSON_COMPACT);
    char *where = mem_format("%s:%u: ", place->file, number);
    const char *const words[3] = {where, key};
    const char *start = run_place_line(place, number);

    text_append(&text, place->text.data, (size_t)(start - place->text.data));
    text_add(&text, line);
    text_add(&text, strchr(start, '\n'));
    run_place_check_refused(place, text.data, text.length, words);
    text_release(&text);
    free(where);
    free(line);
}

json_t *run_place_parse(const struct run_place *place, unsigned number)
{
    const char *start = run_place_line(place, number);
    json_t *json = json_loadb(start, (size_t)(strchr(start, '\n') - start), 0, NULL);
    assert_non_null(json);
    return json;
}

/* --- folders ----------------------------------------------------------------------------------------------------- */

char *run_example_folder(void)
{
    const char *temporary = getenv("TMPDIR");
    char *folder = mem_format("%s/twofold-test-XXXXXX", temporary != NULL ? temporary : "/tmp");

    if (mkdtemp(folder) == NULL) {
        fail_msg("%s cannot be made", folder);
    }
    return folder;
}

void run_example_remove(char *folder, const char *const *files)
{
    for (; *files != NULL; files++) {
        char *path = file_join(folder, *files);
        unlink(path);
        free(path);
    }
    assert_int_equal(rmdir(folder), 0);
    free(folder);
}
