#include "host/proc/cpu_account.h"

void cpu_account_read(struct cpu_account *account, uint64_t own, uint64_t charged)
{
    if (own > account->own) {
        account->own = own;
    }
    if (charged > account->charged) {
        account->grown += charged - account->charged;
        account->charged = charged;
    }
}

void cpu_account_end_child(struct cpu_account *account, uint64_t total)
{
    account->ended += total;
}

/* A charge that is not needed for children that were seen is not kept for later ones: it was for others. */
void cpu_account_settle(struct cpu_account *account)
{
    uint64_t due = account->owed + account->ended;

    account->owed = due > account->grown ? due - account->grown : 0;
    account->grown = 0;
    account->ended = 0;
}

uint64_t cpu_account_total(const struct cpu_account *account)
{
    struct cpu_account settled = *account;

    cpu_account_settle(&settled);
    return settled.own + settled.charged + settled.owed;
}
