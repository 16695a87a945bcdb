"""What the database's own catalogue must say. A table nobody declared, or a right nobody meant, is a finding.

A new table needs one of three: `protect()` in its migration; a line in OWN_POLICIES where it writes its own policies;
or a line in OPEN with the reason why everybody let in at all may read it.
"""

import psycopg

OWN_POLICIES = {
    "access_circle": "a circle is what the policies look up",
    "access_grant": "one's own, and everybody's in a circle one is in",
    "access_circlelink": "seen by the case's side",
    "access_exclusion": "never told to the person it is about",
    "access_excludedcircle": "no application role reads it",
    "access_apitoken": "its keeper's alone; the definer looks one up before anybody is signed in",
    "access_refusal": "for leads and auditors",
    "drafts_draft": "its writer's alone",
    "outbound_decision": "written by the house, read by nobody",
    "outbound_message": "written by the house, sent by the worker; leads and administrators see what did not leave",
    "outbound_attempt": "the worker's",
    "outbound_notice": "its own user's, while he may know of the circle",
    "people_person": "the register's readers, and whoever reaches a role row",
    "people_householdmember": "the register's readers",
    "housing_tenancy": "the register's readers",
    "housing_tenancymember": "the register's readers",
    "housing_registerimport": "the register's keeper",
    "housing_registerupload": "its keeper's alone, until it is in",
    "timescales_trial": "for leads, who propose policies; worked out by the worker",
    "assurance_delta": "written and folded by the definer; no role of the house reads it",
    "assurance_sample": "written and told by functions of the definer, for those who read the access log",
    "assurance_drawncase": "references only, told by a function to those who may know of the circle",
    "assurance_sum": "written by the definer, told by one function to those who see counts",
}
OPEN = {
    "organisation_provider": "the provider's own name",
    "organisation_entity": "companies of the group",
    "organisation_team": "teams",
    "organisation_post": "posts and their parts",
    "organisation_appointment": "who holds a post; kept by a trigger for administrators",
    "organisation_proposal": "who is to hold a post that opens records; kept by a trigger for two people",
    "organisation_oncallshift": "whom to ring",
    "people_household": "an id and nothing else",
    "outbound_rotagap": "when nobody was on call; names nobody",
    "housing_home": "addresses, plain; kept by a trigger for the register's keeper",
    "organisation_user": "who works here; kept by a trigger for administrators",
    "concerns_reportinglink": "links and their digests: looked up before anybody is signed in",
    "policy_adoption": "which policy is in force",
    "policy_packfile": "the policy, word for word",
    "policy_proposal": "policies that were proposed; written by the house",
    "policy_approvalstep": "who approved a policy; written by the house",
    "policy_changedraft": "changes of the policy a lead has begun; written by the house",
    "policy_reading": "who was asked to read a policy, and did; written by the house",
    "timescales_calendarcorrection": "which days are working days",
    "timescales_turn": "which policy came into force when; written by the house",
}
# What hearth_app may touch before anybody is signed in. Everything else needs an identity.
REGISTER = {"people_household", "housing_home", "outbound_rotagap"}
# The jobs process's queue: it holds the names of rounds and nothing else.
QUEUE = {"procrastinate_jobs", "procrastinate_events", "procrastinate_workers", "procrastinate_periodic_defers"}
BEFORE_SIGN_IN = {
    "django_session", "hearth_cache", "account_emailaddress", "account_emailconfirmation", "mfa_authenticator",
    "socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken", *(OPEN.keys() - REGISTER),
}  # fmt: skip
FRAMEWORK = {
    "auth_group", "auth_group_permissions", "auth_permission", "django_content_type", "django_migrations",
    "procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers",
    "ledger_epoch", "ledger_partition", "ledger_seal", "ledger_seal_leaves",
}  # fmt: skip
MAY_DELETE = {
    ("hearth_app", table): "sign-in forgets" for table in BEFORE_SIGN_IN if table not in OPEN
} | {
    ("hearth_definer", "access_excludedcircle"): "an exclusion that ended is lifted",
    ("hearth_definer", "assurance_delta"): "folded into its month",
    ("hearth_definer", "ledger_entry_words"): "disposal",
    ("hearth_definer", "ledger_change_rows"): "disposal",
    ("hearth_worker", "drafts_draft"): "drafts die after their time",
    ("hearth_worker", "django_session"): "sessions go after their time",
    ("hearth_worker", "outbound_message"): "what left weeks ago is forgotten; its decision stays",
    ("hearth_worker", "outbound_attempt"): "what left weeks ago is forgotten; its decision stays",
    ("hearth_worker", "outbound_notice"): "what was told weeks ago is forgotten",
} | {
    ("hearth_worker", table): "the queue forgets what is done" for table in QUEUE
}  # fmt: skip
# Unique keys of protected tables that are neither an id, a random id, nor begin with the circle or a person.
RANDOM = {
    "reference": "claimed from hearth.claim_reference(), or the landlord's own, kept by the register's keeper",
    "digest": "of 256 random bits that only their keeper ever saw",
    "household_id": "written by the register's keeper, who reads every household",
    "tenancy_id": "written by the register's keeper, who reads every tenancy",
    "key": "written by the house for people, and by nobody else",
}
# Rows that hang on a row of another circle, and why.
APART = {
    (
        "cases_caseconcern",
        "concern_id",
    ): "a concern joined to a case keeps its own circle; a circle link gives the reach",
}
FOR_READERS = {"hearth_broad", "hearth_narrow"}
ROLES = ("hearth_owner", "hearth_app", "hearth_worker", "hearth_sealer", "hearth_definer", "hearth_house", *FOR_READERS)


def findings(owner: psycopg.Connection) -> list[str]:
    """Everything wrong with this database's rights; empty when all is well."""
    return [finding for rule in RULES for finding in rule(owner)]


def tables_are_covered(owner):
    protected = {name for (name,) in owner.execute("select name from hearth.protected_table")}
    for name, secured, forced, policies in owner.execute("""
        select c.relname, c.relrowsecurity, c.relforcerowsecurity,
          array(select p.polname::text from pg_policy p where p.polrelid = c.oid)
        from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition"""):
        if name in protected or name in OWN_POLICIES:
            if not (secured and forced):
                yield f"{name}: row security is not enabled and forced"
            wanted = {"broad_reads", "narrow_reads", "definer"} if name in protected else set()
            for missing in sorted(wanted - set(policies)):
                yield f"{name}: has no policy {missing}"
        elif secured:
            yield f"{name}: writes its own policies; give the reason in OWN_POLICIES"
        elif name not in OPEN and name not in BEFORE_SIGN_IN and name not in FRAMEWORK and name not in QUEUE:
            yield f"{name}: nobody said who may know its rows"


def circles_are_never_open(owner):
    for name, column in owner.execute("""
        select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
          and a.attname ~ '(^|_)circle_id$' and not a.attisdropped and not c.relrowsecurity"""):
        yield f"{name}.{column}: carries a circle without row security"


def policies_ask_who(owner):
    for table, policy, roles, using, check in owner.execute("""
        select tablename, policyname, roles::text[], coalesce(qual, ''), coalesce(with_check, '')
        from pg_policies where schemaname = 'public'"""):
        if set(roles) & {*FOR_READERS, "hearth_app", "public"}:
            for said in (using, check):
                if said and "hearth." not in said:
                    yield f"{table}: policy {policy} does not ask who acts"
        if "public" in roles:
            yield f"{table}: policy {policy} is for everybody"


def broad_readers_are_asked_by_row(owner):
    for (table,) in owner.execute("""
        select tablename from pg_policies where policyname = 'broad_reads' and qual ~ 'hearth\\.my_circles'"""):
        yield f"{table}: broad_reads works out a whole list of circles; see docs/adr/0097"


def roles_are_plain(owner):
    for name, wrong in owner.execute("""
        select rolname, concat_ws(', ', case when rolsuper then 'superuser' end,
          case when rolbypassrls then 'bypassrls' end, case when rolcreaterole then 'createrole' end,
          case when rolreplication then 'replication' end)
        from pg_roles where rolname like 'hearth%'"""):
        if wrong:
            yield f"{name}: is {wrong}"
        if name not in ROLES:
            yield f"{name}: nobody knows this role"
    for name, kind, holder in owner.execute("""
        select relname, relkind, relowner::regrole::text from pg_class
        where relnamespace in ('public'::regnamespace, 'hearth'::regnamespace)
          and relkind in ('r', 'p', 'v', 'm', 'S')"""):
        if holder != "hearth_owner":
            yield f"{name} ({kind}): belongs to {holder}"


def grants_are_meant(owner):
    for table, who, act in owner.execute("""
        select c.relname, case a.grantee when 0 then 'public' else a.grantee::regrole::text end, a.privilege_type
        from pg_class c, aclexplode(c.relacl) a
        where c.relnamespace in ('public'::regnamespace, 'hearth'::regnamespace) and a.grantee <> c.relowner"""):
        if act in ("DELETE", "TRUNCATE", "TRIGGER", "REFERENCES") and (who, table) not in MAY_DELETE:
            yield f"{table}: {who} may {act}"
        if who == "public":
            yield f"{table}: everybody may {act}"
        if who == "hearth_app" and table not in BEFORE_SIGN_IN:
            yield f"{table}: may be touched before anybody is signed in"
        if table in QUEUE and who != "hearth_worker":
            yield f"{table}: is the queue's, and {who} may {act}"
        if who in FOR_READERS and table in FRAMEWORK:
            yield f"{table}: is the framework's, and {who} may {act}"


def partitions_have_no_grants(owner):
    for name, who in owner.execute("""
        select c.relname, case a.grantee when 0 then 'public' else a.grantee::regrole::text end
        from pg_class c, aclexplode(c.relacl) a where c.relispartition and a.grantee <> c.relowner"""):
        yield f"{name}: is a partition, and {who} reaches it past its parent's policies"


def functions_are_fixed(owner):
    in_policies = " ".join(f"{using} {check}" for using, check in owner.execute(
        "select coalesce(qual, ''), coalesce(with_check, '') from pg_policies"))  # fmt: skip
    for schema, name, definer, holder, parallel, config, understood, everybody in owner.execute("""
        select n.nspname, p.proname, p.prosecdef, p.proowner::regrole::text, p.proparallel, coalesce(p.proconfig, '{}'),
          p.prosqlbody is not null,
          exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('hearth', 'public')
          and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')"""):
        if everybody:
            yield f"{schema}.{name}: everybody may execute it"
        of_the_queue = schema == "public" and name.startswith("procrastinate_") and not definer
        if of_the_queue or (schema, name) == ("hearth", "register_table"):
            continue
        # What was understood when it was made looks nothing up when it runs.
        if "search_path=pg_catalog, pg_temp" not in config and (definer or not understood):
            yield f"{schema}.{name}: its search_path is not pg_catalog, pg_temp"
        if definer and holder != "hearth_definer" and (holder, name) not in OWNER_FUNCTIONS:
            yield f"{schema}.{name}: runs as {holder}"
        if definer and f"{schema}.{name}(" in in_policies and parallel != "r":
            yield f"{schema}.{name}: stands in a policy and is not parallel restricted"


OWNER_FUNCTIONS = {
    ("hearth_owner", "make_ledger_partition"): "makes tables",
    ("hearth_owner", "make_ledger_partitions"): "makes tables",
    ("hearth_owner", "ledger_alarm"): "reads partitions, which nobody else may",
}


def unique_keys_tell_nothing(owner):
    for table, index, first, kind in owner.execute("""
        select c.relname, i.relname, a.attname, format_type(a.atttypid, null)
        from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
        left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
        where x.indisunique and not x.indisprimary and c.relrowsecurity
          and (has_table_privilege('hearth_broad', c.oid, 'insert')
            or has_table_privilege('hearth_narrow', c.oid, 'insert')) and not c.relispartition
          and c.relnamespace = 'public'::regnamespace"""):
        starts_well = first and first.endswith(("circle_id", "_by_id", "user_id", "owner_id"))
        if not (starts_well or kind == "uuid" or first in RANDOM):
            yield f"{table}: {index} begins with {first}, so a collision tells of a hidden row"


def views_ask_as_the_caller(owner):
    for name in owner.execute("""
        select relname from pg_class where relkind in ('v', 'm')
          and relnamespace in ('public'::regnamespace, 'hearth'::regnamespace)
          and not coalesce(reloptions::text like '%%security_invoker=true%%', false)"""):
        yield f"{name[0]}: is a view that reads as its owner"


def children_lie_with_their_parents(owner):
    """A foreign key between tables with a circle is over (circle, id), or the row could hang on another circle's."""
    for child, column, parent in owner.execute("""
        select c.relname, a.attname, p.relname from pg_constraint k
        join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
        join pg_attribute a on a.attrelid = c.oid and a.attnum = any(k.conkey) and a.attname <> 'circle_id'
        where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and not c.relispartition
          and not exists (select from pg_attribute o where o.attrelid = c.oid and o.attnum = any(k.conkey)
            and o.attname = 'circle_id' and o.attnotnull)
          and exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'circle_id')
          and exists (select from pg_attribute o where o.attrelid = p.oid and o.attname = 'circle_id')"""):
        if (child, column) not in APART:
            yield f"{child}.{column}: may hang on a row of {parent} in another circle"


RULES = (
    tables_are_covered,
    children_lie_with_their_parents,
    circles_are_never_open,
    policies_ask_who,
    broad_readers_are_asked_by_row,
    roles_are_plain,
    grants_are_meant,
    partitions_have_no_grants,
    functions_are_fixed,
    unique_keys_tell_nothing,
    views_ask_as_the_caller,
)
