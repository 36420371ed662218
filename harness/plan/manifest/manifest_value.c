#include "plan/manifest/manifest_value.h"

#include "base/file.h"
#include "base/mem.h"

#include <stdbool.h>
#include <string.h>

/* More words are a mistake. */
enum { WORDS_MOST = 256 };

int manifest_value_line(const struct json_at *at, char **text, struct error *err)
{
    const char *line;

    if (json_read_line(at, &line, err) != 0) {
        return -1;
    }
    *text = mem_string(line);
    return 0;
}

int manifest_value_word(const struct json_at *at, char **text, struct error *err)
{
    const char *word;

    if (json_read_text(at, &word, err) != 0) {
        return -1;
    }
    *text = mem_string(word);
    return 0;
}

int manifest_value_path(const struct json_at *at, char **text, struct error *err)
{
    const char *path;

    if (json_read_line(at, &path, err) != 0) {
        return -1;
    }
    if (!file_is_inside(path)) {
        return json_expected(at, err, "a path relative to the backend's folder, without \"..\"");
    }
    *text = mem_string(path);
    return 0;
}

/* As it stands in a request: what is not printable ASCII would have to be percent-encoded. */
static bool is_url_path(const char *path)
{
    for (const char *at = path; *at != '\0'; at++) {
        if (*at <= ' ' || *at > '~' || *at == '#') {
            return false;
        }
    }
    return path[0] == '/';
}

int manifest_value_url_path(const struct json_at *at, char **text, struct error *err)
{
    const char *path;

    if (json_read_line(at, &path, err) != 0) {
        return -1;
    }
    if (!is_url_path(path)) {
        return json_expected(at, err, "the path of a URL, such as \"/healthz\", percent-encoded where it has to be");
    }
    *text = mem_string(path);
    return 0;
}

int manifest_value_variable(const struct json_at *at, char **text, struct error *err)
{
    static const char *const ours[] = {"HOST", "PORT", "CORES", "MEMORY"};
    const char *variable;

    if (json_read_line(at, &variable, err) != 0) {
        return -1;
    }
    size_t length = strspn(variable, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    bool digit = variable[0] >= '0' && variable[0] <= '9';
    if (length == 0 || digit || (variable[length] != '\0' && variable[length] != '=')) {
        return json_expected(at, err, "the name of an environment variable, such as \"GOGC\" or \"GOGC=200\"");
    }
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        if (strlen(ours[i]) == length && strncmp(variable, ours[i], length) == 0) {
            return json_expected(at, err,
                                 "another variable than HOST, PORT, CORES and MEMORY, which twofold itself gives");
        }
    }
    *text = mem_string(variable);
    return 0;
}

int manifest_value_list(const struct json_at *at, manifest_value_read *read, char ***list, struct error *err)
{
    if (json_check_array(at, 1, WORDS_MOST, err) != 0) {
        return -1;
    }
    *list = mem_new(json_count(at) + 1, sizeof **list);
    for (size_t i = 0; i < json_count(at); i++) {
        struct json_at element = json_element(at, i);
        if (read(&element, &(*list)[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}

int manifest_value_find(const struct json_at *at, const char *key, manifest_value_read *read, char **text,
                        struct error *err)
{
    struct json_at member;

    json_find(at, key, &member);
    return member.value == NULL ? 0 : read(&member, text, err);
}

int manifest_value_find_list(const struct json_at *at, const char *key, manifest_value_read *read, char ***list,
                             struct error *err)
{
    struct json_at member;

    json_find(at, key, &member);
    return member.value == NULL ? 0 : manifest_value_list(&member, read, list, err);
}

int manifest_value_command(const struct json_at *at, struct command *command, struct error *err)
{
    if (manifest_value_list(at, manifest_value_word, &command->argv, err) != 0) {
        return -1;
    }
    if (strchr(command->argv[0], '/') != NULL && !file_is_inside(command->argv[0])) {
        struct json_at program = json_element(at, 0);
        return json_expected(&program, err, "a program on PATH, or a path relative to the backend's folder");
    }
    return 0;
}

int manifest_value_need_command(const struct json_at *at, const char *key, const char *example, struct command *command,
                                struct error *err)
{
    struct json_at member;

    if (json_need(at, key, example, &member, err) != 0) {
        return -1;
    }
    return manifest_value_command(&member, command, err);
}
