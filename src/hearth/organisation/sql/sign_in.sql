-- What the roles may do with the tables of signing in: the application alone, and only while it is nobody.
create table hearth_cache (
  cache_key varchar(255) primary key,
  value text not null,
  expires timestamptz not null
);
create index hearth_cache_expires on hearth_cache (expires);
grant select, insert, update, delete on django_session, account_emailaddress, account_emailconfirmation, mfa_authenticator,
  socialaccount_socialaccount, socialaccount_socialapp, socialaccount_socialtoken, hearth_cache to hearth_app;
-- The jobs may forget sessions whose time is over. They see when one ends, not whose it is.
grant select (expire_date), delete on django_session to hearth_worker;
