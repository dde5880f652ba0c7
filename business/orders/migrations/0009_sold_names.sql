-- Every name that ever stood on a line: few, however many orders there are. A word that is in none
-- of them is in no order's title.
create table sold_names (
    org text not null,
    name_zh text not null,
    name_en text not null,
    primary key (org, name_zh, name_en)
);
insert into sold_names (org, name_zh, name_en)
select distinct org, name_zh, name_en from order_lines;
