#include "plan/box.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The kernel counts a quota in periods of 100 ms, of which it grants 1 ms at least. */
#define CPUS_LEAST 0.01
#define CPUS_MOST  1024

/* More values than this are no ladder of money any more. */
enum { BOXES_MOST = 16 };

enum key { KEY_CORES, KEY_CPUS, KEY_MEMORY, KEY_COUNT };

static const char *const key_names[] = {
    [KEY_CORES] = "cores", [KEY_CPUS] = "cpus", [KEY_MEMORY] = "memory", [KEY_COUNT] = NULL};

/* The values behind each key, in the order of the text. */
struct box_values {
    struct box_value {
        unsigned cores;
        double cpus;
        uint64_t bytes;
    } all[KEY_COUNT][BOXES_MOST];
    size_t count[KEY_COUNT];
};

static int refuse(const char *text, struct error *err)
{
    return error_input(err, "expected a box such as cpus=0.5,memory=256MiB, found \"%.200s\"", text);
}

/* ---- one value ---- */

static int read_cpus(const char *word, double *ret_cpus, struct error *err)
{
    char *end = NULL;
    bool plain = isdigit((unsigned char)word[0]) && strspn(word, "0123456789.") == strlen(word);
    double cpus = plain ? strtod(word, &end) : NAN;

    if (!plain || *end != '\0' || !(cpus >= CPUS_LEAST && cpus <= CPUS_MOST)) {
        return error_input(err, "cpus: expected a number of cores from 0.01 to 1024, such as 0.5, found \"%.100s\"",
                           word);
    }
    *ret_cpus = cpus;
    return 0;
}

static int read_cores(const char *word, unsigned *ret_cores, struct error *err)
{
    size_t digits = strspn(word, "0123456789");
    unsigned long cores = digits > 0 && digits <= 4 && word[digits] == '\0' ? strtoul(word, NULL, 10) : 0;

    if (cores < 1 || cores > CPUS_MOST) {
        return error_input(err, "cores: expected a whole number from 1 to %d, such as 2, found \"%.100s\"", CPUS_MOST,
                           word);
    }
    *ret_cores = (unsigned)cores;
    return 0;
}

static int read_value(struct box_values *values, int key, const char *word, struct error *err)
{
    struct box_value value = {0};

    if (key == KEY_CORES && read_cores(word, &value.cores, err) != 0) {
        return -1;
    }
    if (key == KEY_CPUS && read_cpus(word, &value.cpus, err) != 0) {
        return -1;
    }
    if (key == KEY_MEMORY && (units_read_size(word, &value.bytes) != 0 || value.bytes == 0)) {
        return error_input(err, "memory: expected a size such as 256MiB, found \"%.100s\"", word);
    }
    if (values->count[key] == BOXES_MOST) {
        return error_input(err, "%s: expected at most %d values", key_names[key], BOXES_MOST);
    }
    values->all[key][values->count[key]++] = value;
    return 0;
}

/* ---- the text ---- */

/* An enum key; -1: it is none. */
static int find_key(const char *word, struct error *err)
{
    for (int i = 0; i < KEY_COUNT; i++) {
        if (strcmp(word, key_names[i]) == 0) {
            return i;
        }
    }
    const char *nearest = text_nearest(word, key_names);
    error_input(err, "a box has no \"%.100s\"; %s%s", word, nearest != NULL ? "did you mean " : "it has ",
                nearest != NULL ? nearest : "cores, cpus and memory");
    return -1;
}

/* One word between commas: "cpus=0.5" begins the values of a key, "1" adds one to those of the key before it. */
static int read_word(struct box_values *values, char *word, int *key, struct error *err)
{
    char *equals = strchr(word, '=');

    if (equals == NULL && *key < 0) {
        return refuse(word, err);
    }
    if (equals != NULL) {
        *equals = '\0';
        int named = find_key(word, err);
        if (named < 0) {
            return -1;
        }
        if (values->count[named] > 0) {
            return error_input(err, "%s stands there twice", key_names[named]);
        }
        *key = named;
        word = equals + 1;
    }
    return read_value(values, *key, word, err);
}

static int read_words(struct box_values *values, const char *text, struct error *err)
{
    char *copy = mem_string(text);
    int key = -1, result = 0;

    for (char *word = copy; word != NULL && result == 0;) {
        char *comma = strchr(word, ',');
        if (comma != NULL) {
            *comma = '\0';
        }
        result = read_word(values, word, &key, err);
        word = comma != NULL ? comma + 1 : NULL;
    }
    free(copy);
    return result;
}

static bool grows(const struct box_values *values, enum key key)
{
    for (size_t i = 1; i < values->count[key]; i++) {
        const struct box_value *before = &values->all[key][i - 1], *now = &values->all[key][i];
        if (now->cores <= before->cores && now->cpus <= before->cpus && now->bytes <= before->bytes) {
            return false;
        }
    }
    return true;
}

static int check(const struct box_values *values, struct error *err)
{
    if ((values->count[KEY_CORES] > 1) + (values->count[KEY_CPUS] > 1) + (values->count[KEY_MEMORY] > 1) > 1) {
        return error_input(err, "only one of cores, cpus and memory can have several values");
    }
    for (int i = 0; i < KEY_COUNT; i++) {
        if (!grows(values, (enum key)i)) {
            return error_input(err, "%s: expected each value to be larger than the one before it", key_names[i]);
        }
    }
    return 0;
}

/* The value of box number `index`: its own, or the one that all have. */
static struct box_value value_of(const struct box_values *values, enum key key, size_t index)
{
    static const struct box_value none;
    size_t count = values->count[key];

    if (count == 0) {
        return none;
    }
    return values->all[key][index < count ? index : count - 1];
}

int box_list_read_text(struct box_list *ret_list, const char *text, struct error *err)
{
    struct box_values values = {0};
    struct box_list list = {0};

    if (read_words(&values, text, err) != 0 || check(&values, err) != 0) {
        return -1;
    }
    size_t cores = values.count[KEY_CORES], cpus = values.count[KEY_CPUS], sizes = values.count[KEY_MEMORY];
    for (size_t i = 0; i < cores || i < cpus || i < sizes; i++) {
        *list_add(list.boxes, list.count) = (struct box){.cores = value_of(&values, KEY_CORES, i).cores,
                                                         .cpus = value_of(&values, KEY_CPUS, i).cpus,
                                                         .memory_bytes = value_of(&values, KEY_MEMORY, i).bytes};
    }
    *ret_list = list;
    return 0;
}

int box_read_text(struct box *ret_box, const char *text, struct error *err)
{
    struct box_list list;

    if (box_list_read_text(&list, text, err) != 0) {
        return -1;
    }
    if (list.count != 1) {
        error_input(err, "expected one box, found %zu: \"%.200s\"", list.count, text);
        box_list_release(&list);
        return -1;
    }
    *ret_box = list.boxes[0];
    box_list_release(&list);
    return 0;
}

void box_list_release(struct box_list *list)
{
    free(list->boxes);
    *list = (struct box_list){0};
}

/* ---- the same, written ---- */

static void write_size(struct text *out, uint64_t bytes)
{
    static const struct {
        uint64_t bytes;
        const char *name;
    } units[] = {{(uint64_t)1 << 30, "GiB"}, {(uint64_t)1 << 20, "MiB"}, {(uint64_t)1 << 10, "KiB"}, {1, "B"}};
    size_t i = 0;

    while (bytes % units[i].bytes != 0) {
        i++;
    }
    text_format(out, "%" PRIu64 "%s", bytes / units[i].bytes, units[i].name);
}

static void write_value(struct text *out, const struct box *box, enum key key)
{
    if (key == KEY_CORES) {
        text_format(out, "%u", box->cores);
    } else if (key == KEY_CPUS) {
        text_format(out, "%.6g", box->cpus);
    } else {
        write_size(out, box->memory_bytes);
    }
}

static bool has(const struct box *box, enum key key)
{
    if (key == KEY_CORES) {
        return box->cores > 0;
    }
    return key == KEY_CPUS ? box->cpus > 0 : box->memory_bytes > 0;
}

static bool same(const struct box *a, const struct box *b, enum key key)
{
    if (key == KEY_CORES) {
        return a->cores == b->cores;
    }
    return key == KEY_CPUS ? a->cpus == b->cpus : a->memory_bytes == b->memory_bytes;
}

char *box_list_text(const struct box_list *list)
{
    struct text out = {0};

    for (int i = 0; i < KEY_COUNT && list->count > 0; i++) {
        enum key key = (enum key)i;
        if (!has(&list->boxes[0], key)) {
            continue;
        }
        text_format(&out, "%s%s=", out.length > 0 ? "," : "", key_names[key]);
        write_value(&out, &list->boxes[0], key);
        for (size_t k = 1; k < list->count; k++) {
            if (!same(&list->boxes[k], &list->boxes[k - 1], key)) {
                text_add(&out, ",");
                write_value(&out, &list->boxes[k], key);
            }
        }
    }
    return text_take(&out);
}

char *box_text(const struct box *box)
{
    struct box copy = *box;
    return box_list_text(&(struct box_list){.boxes = &copy, .count = 1});
}

bool box_is_any(const struct box *box)
{
    return box->cores > 0 || box_limits(box);
}

bool box_limits(const struct box *box)
{
    return box->cpus > 0 || box->memory_bytes > 0;
}

unsigned box_cores(const struct box *box, unsigned available)
{
    if (box->cores > 0 && box->cores < available) {
        available = box->cores;
    }
    if (box->cpus <= 0 || box->cpus >= available) {
        return available;
    }
    return (unsigned)ceil(box->cpus);
}

/* What tells the boxes of a list apart. */
static enum key differing(const struct box_list *list)
{
    for (int i = 0; i < KEY_COUNT && list->count > 1; i++) {
        if (!same(&list->boxes[0], &list->boxes[1], (enum key)i)) {
            return (enum key)i;
        }
    }
    return KEY_CPUS;
}

char *box_name(const char *service, const struct box *box, const struct box_list *among)
{
    static const char *const units[] = {[KEY_CORES] = "core", [KEY_CPUS] = "cpu", [KEY_MEMORY] = ""};
    enum key key = differing(among);
    struct text out = {0};

    text_format(&out, "%s@", service);
    write_value(&out, box, key);
    text_add(&out, units[key]);
    return text_take(&out);
}
