create table bare_orders (number text primary key, state text not null);
create table bare_payments (number text primary key references bare_orders, state text not null);
create table bare_events (number text primary key references bare_orders, at timestamptz not null default now());
create table bare_jobs (id bigint generated always as identity primary key, name text not null, data jsonb not null);
create table bare_log (id bigint generated always as identity primary key, number text not null, body text not null);

-- The six steps of a payment that was told, once for each, with nothing else around them.
create function apply_notice(told text, body text) returns void language plpgsql as $$
begin
  perform from bare_orders where number = told for update;
  insert into bare_log (number, body) values (told, apply_notice.body);
  insert into bare_events (number) values (told) on conflict do nothing;
  if not found then
    return;
  end if;
  update bare_orders set state = 'paid' where number = told;
  update bare_payments set state = 'paid' where number = told;
  insert into bare_jobs (name, data) values ('send-mail', jsonb_build_object('number', told));
end $$;
