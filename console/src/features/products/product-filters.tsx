import { Button, Popover, Select, Stack } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useCan } from '../../api/use-session.ts';
import { Filters } from '../../ui/filter/filters.tsx';
import { GramsInput, RupeesInput } from '../../ui/form/rupees-input.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import {
  CATEGORIES,
  type Category,
  type ProductSearch,
  RANGES,
  STATES,
  STOCKS,
  type State,
  type Stock,
} from './product-search.ts';
import styles from './products.module.css';
import { productWords } from './words/product-words.ts';

interface FiltersProps {
  search: ProductSearch;
  change: (changes: ProductSearch) => void;
}

export function ProductFilters({ search, change }: FiltersProps) {
  const words = useWords(productWords);
  const everyday = useWords(everydayWords);
  const seesDrafts = useCan('catalogue.read_drafts');
  const canWrite = useCan('catalogue.write');
  return (
    <Filters>
      <SearchField
        label={words('search')}
        value={search.q ?? ''}
        onChange={(text) => change({ q: text === '' ? undefined : text })}
      />
      <Select
        aria-label={words('category')}
        placeholder={words('anyCategory')}
        clearable
        className={styles.filter ?? ''}
        data={CATEGORIES.map((value) => ({ value, label: words(value) }))}
        value={search.category ?? null}
        onChange={(value) => change({ category: (value ?? undefined) as Category | undefined })}
      />
      {seesDrafts ? (
        <Select
          aria-label={words('state')}
          placeholder={words('anyState')}
          clearable
          className={styles.filter ?? ''}
          data={STATES.filter((value) => canWrite || value !== 'removed').map((value) => ({
            value,
            label: value === 'removed' ? words('removedOnes') : everyday(value),
          }))}
          value={search.state ?? null}
          onChange={(value) => change({ state: (value ?? undefined) as State | undefined })}
        />
      ) : null}
      <Select
        aria-label={words('stock')}
        placeholder={words('anyStock')}
        clearable
        className={styles.filter ?? ''}
        data={STOCKS.map((value) => ({ value, label: words(value === 'low' ? 'lowStock' : 'soldOut') }))}
        value={search.stock ?? null}
        onChange={(value) => change({ stock: (value ?? undefined) as Stock | undefined })}
      />
      <Ranges search={search} change={change} />
    </Filters>
  );
}

/** Price and weight, from and to, behind one button that shows how many ends are set. */
function Ranges({ search, change }: FiltersProps) {
  const words = useWords(productWords);
  const set = RANGES.filter((name) => search[name] !== undefined).length;
  return (
    <Popover position="bottom-end" trapFocus returnFocus withArrow={false} shadow="sm">
      <Popover.Target>
        <Button
          variant="default"
          className={`${styles.ranges} ${set > 0 ? styles.rangesOn : ''}`}
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.6} aria-hidden="true" />}
        >
          {set === 0 ? words('ranges') : words('rangesSet', { count: set })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words('ranges')}>
        <Stack gap="sm" w={232}>
          {RANGES.map((name) => {
            const Input = name.startsWith('price') ? RupeesInput : GramsInput;
            return (
              <Input
                key={name}
                label={words(name)}
                value={search[name] ?? ''}
                onChange={(value) => change({ [name]: value === '' ? undefined : Number(value) })}
              />
            );
          })}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
