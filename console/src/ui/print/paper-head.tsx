import type { ReactNode } from 'react';
import { useSettings } from '../../features/settings/settings-queries.ts';
import { useShopName } from '../../frame/use-shop-name.ts';

/** The shop's name, address, phone and GSTIN at the head of a sheet; what the sheet is at its right. */
export function PaperHead({ children }: { children: ReactNode }) {
  const name = useShopName();
  const { data: settings } = useSettings();
  const lines = [settings?.shop_address, settings?.shop_phone, settings?.gstin && `GSTIN ${settings.gstin}`];
  return (
    <div className="paperHead">
      <div>
        <p className="paperName">{name}</p>
        {lines.map((line) =>
          line ? (
            <div key={line} className="paperLine">
              {line}
            </div>
          ) : null,
        )}
      </div>
      <div>{children}</div>
    </div>
  );
}
