-- What the next story of a series meets again.

alter table storage.stories add column companion text not null default '';
alter table storage.stories add column place text not null default '';
