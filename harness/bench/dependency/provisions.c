#include "bench/dependency/provisions.h"

#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <inttypes.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

/* Below the working folder, as scenarios and backends are. */
#define MODEL_FILE    "backends/contract/model/trees.onnx"
#define MODEL_CASES   "backends/contract/model/cases.json"
#define ACCOUNTS_FILE "backends/contract/accounts/members.json"

enum { KEY_BYTES = 32 };

static int find(const char *path, char **ret_absolute, struct error *err)
{
    char *absolute = realpath(path, NULL);

    if (absolute == NULL) {
        return error_failed(err, "%s, which the scenario needs: %s", path, strerror(errno));
    }
    *ret_absolute = mem_string(absolute);
    free(absolute);
    return 0;
}

static int make_key(char **ret_key, struct error *err)
{
    unsigned char bytes[KEY_BYTES];
    struct text key = {0};

    if (RAND_bytes(bytes, sizeof bytes) != 1) {
        return error_failed(err, "no random numbers are to be had for a key");
    }
    for (int i = 0; i < KEY_BYTES; i++) {
        text_format(&key, "%02x", bytes[i]);
    }
    *ret_key = text_take(&key);
    return 0;
}

int provisions_init(struct provisions *provisions, const struct needs *needs, struct error *err)
{
    struct provisions made = {.table_rows = needs->table_rows};

    if ((needs->model &&
         (find(MODEL_FILE, &made.model_file, err) != 0 || find(MODEL_CASES, &made.model_cases, err) != 0)) ||
        (needs->accounts &&
         (find(ACCOUNTS_FILE, &made.accounts_file, err) != 0 || make_key(&made.token_key, err) != 0))) {
        provisions_release(&made);
        return -1;
    }
    *provisions = made;
    return 0;
}

void provisions_release(struct provisions *provisions)
{
    free(provisions->model_file);
    free(provisions->model_cases);
    free(provisions->accounts_file);
    free(provisions->token_key);
    *provisions = (struct provisions){0};
}

size_t provisions_add(const struct provisions *provisions, char **variables, size_t count)
{
    if (provisions->model_file != NULL) {
        variables[count++] = mem_format("MODEL_FILE=%s", provisions->model_file);
    }
    if (provisions->table_rows > 0) {
        variables[count++] = mem_format("TABLE_ROWS=%" PRIu64, provisions->table_rows);
    }
    if (provisions->accounts_file != NULL) {
        variables[count++] = mem_format("ACCOUNTS_FILE=%s", provisions->accounts_file);
        variables[count++] = mem_format("TOKEN_KEY=%s", provisions->token_key);
    }
    return count;
}
