import type { DefinitionsOf } from './table-definition.ts';

/** Views of what the merchant runs. */
export interface EntityTables {
  programmes: ProgrammeTable;
  partners: PartnerTable;
  links: OwnedTable;
  coupons: OwnedTable;
  orders: OrderTable;
}

export interface ProgrammeTable {
  programme_id: string;
  view: string;
}

export interface PartnerTable {
  partner_id: string;
  status: 'applied' | 'approved' | 'suspended';
  view: string;
}

/** Links and coupons. */
export interface OwnedTable {
  code: string;
  partner_id: string;
  programme_id: string;
  view: string;
}

export interface OrderTable {
  order_id: string;
  /** −1 while its placing isn't known, so that such orders stand last. */
  placed_at: number;
  /** Who was awarded. */
  partner_id: string | null;
  view: string;
}

export const entityTables: DefinitionsOf<EntityTables> = {
  programmes: { columns: { programme_id: 'text', view: 'text' }, primaryKey: ['programme_id'] },
  partners: {
    columns: { partner_id: 'text', status: 'text', view: 'text' },
    primaryKey: ['partner_id'],
    indexes: { partners_by_status: ['status', 'partner_id'] },
  },
  links: {
    columns: { code: 'text', partner_id: 'text', programme_id: 'text', view: 'text' },
    primaryKey: ['code'],
    indexes: {
      links_of_partner: ['partner_id', 'code'],
      links_of_programme: ['programme_id', 'code'],
    },
  },
  coupons: {
    columns: { code: 'text', partner_id: 'text', programme_id: 'text', view: 'text' },
    primaryKey: ['code'],
    indexes: {
      coupons_of_partner: ['partner_id', 'code'],
      coupons_of_programme: ['programme_id', 'code'],
    },
  },
  orders: {
    columns: { order_id: 'text', placed_at: 'integer', partner_id: 'text?', view: 'text' },
    primaryKey: ['order_id'],
    indexes: {
      orders_by_placing: ['placed_at', 'order_id'],
      orders_of_partner: ['partner_id', 'placed_at', 'order_id'],
    },
  },
};
