// One piece: its fields and picture, its price as one types, and what happened to it.

import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowLeft, IconDotsVertical, IconEye, IconEyeOff, IconTrash } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import type { ProductWire } from '../../../../server/src/contract/product.ts';
import { isApiError } from '../../api/api-error.ts';
import { useCan } from '../../api/use-session.ts';
import { goldPurity } from '../../format/purity.ts';
import { Can } from '../../ui/can.tsx';
import { PageHeader, Sheet } from '../../ui/layout/page.tsx';
import { useShortcut } from '../../ui/shortcuts/registry.ts';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { NotThere } from '../../ui/states/states.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { useIsWide } from '../../ui/use-wide.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { ProductForm } from './product-form.tsx';
import { ProductHistory } from './product-history.tsx';
import {
  changeProduct,
  publishProduct,
  refreshProducts,
  removeProduct,
  restoreProduct,
  useProduct,
} from './product-queries.ts';
import { changesOf } from './product-values.ts';
import styles from './products.module.css';
import { StockWord } from './stock-word.tsx';
import { productWords } from './words/product-words.ts';

const route = getRouteApi('/frame/products/$productId');

export function ProductScreen() {
  const { productId } = route.useParams();
  const query = useProduct(productId);
  // Whatever was read of it before.
  if (isApiError(query.error, 'product_not_found'))
    return <NotThere error={query.error} back={<ToRemoved />} />;
  return <QueryStates query={query}>{(product) => <Piece key={product.id} product={product} />}</QueryStates>;
}

function ToRemoved() {
  const words = useWords(productWords);
  const navigate = useNavigate();
  return (
    <Can permission="catalogue.write">
      <Button
        variant="default"
        onClick={() => void navigate({ to: '/products', search: { state: 'removed' } })}
      >
        {words('showRemoved')}
      </Button>
    </Can>
  );
}

function Piece({ product }: { product: ProductWire }) {
  const words = useWords(productWords);
  const seesJournal = useCan('journal.read');
  // The click that opened the piece is answered by its name; the form, which takes longer to make, comes right after.
  const isAnswered = useDeferredValue(true, false);
  return (
    <>
      <PieceHeader product={product} />
      {isAnswered ? (
        <Sheet className={styles.inside}>
          <ProductForm
            product={product}
            action={words('savePiece')}
            send={async (values, from) => {
              const changes = changesOf(values, from);
              // Nothing was changed: nothing is sent, and the journal stays as it is.
              if (Object.keys(changes).length === 0) return undefined;
              const saved = await changeProduct(product.id, changes, values.version);
              toast(words('saved', { name: saved.name }));
              return saved;
            }}
          />
        </Sheet>
      ) : null}
      {isAnswered && seesJournal ? <ProductHistory productId={product.id} /> : null}
    </>
  );
}

function PieceHeader({ product }: { product: ProductWire }) {
  const words = useWords(productWords);
  const everyday = useWords(everydayWords);
  const navigate = useNavigate();
  const isWide = useIsWide();
  const back = () => navigate({ to: '/products', search: (before) => before, resetScroll: !isWide });
  useShortcut('Escape', everyday('back'), () => void back());
  const { id, name } = product;

  async function remove(): Promise<void> {
    await removeProduct(id);
    toast(words('removed', { name }), { undo: () => restoreProduct(id), about: [id] });
    await back();
    await refreshProducts();
  }
  return (
    <PageHeader
      title={name}
      under={
        <span className={styles.underTitle}>
          <StatusMark status={product.status} />
          <span>{goldPurity(product.gold_purity)}</span>
          <StockWord count={product.stock_quantity} alone />
        </span>
      }
      before={
        isWide ? null : (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={everyday('back')}
            onClick={() => void back()}
          >
            <IconArrowLeft size={20} />
          </ActionIcon>
        )
      }
      actions={
        <>
          <Can permission="catalogue.publish">
            <PublishButton product={product} />
          </Can>
          <Can permission="catalogue.write">
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" size="lg" aria-label={everyday('more')}>
                  <IconDotsVertical size={20} stroke={1.6} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  leftSection={<IconTrash size={16} />}
                  onClick={() => void remove().catch(toastError)}
                >
                  {words('remove')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Can>
        </>
      }
    />
  );
}

function PublishButton({ product }: { product: ProductWire }) {
  const words = useWords(productWords);
  const [working, setWorking] = useState(false);
  const { id, name, status } = product;
  const isPublic = status === 'published';

  async function turn(): Promise<void> {
    setWorking(true);
    try {
      await publishProduct(id, !isPublic);
      toast(words(isPublic ? 'tookOff' : 'published', { name }), {
        undo: () => publishProduct(id, isPublic),
        about: [id],
      });
    } catch (error) {
      toastError(error);
    } finally {
      setWorking(false);
    }
  }
  const Icon = isPublic ? IconEyeOff : IconEye;
  return (
    <Button
      variant={isPublic ? 'default' : 'light'}
      leftSection={<Icon size={18} stroke={1.7} aria-hidden="true" />}
      loading={working}
      onClick={() => void turn()}
    >
      {words(isPublic ? 'takeOff' : 'publish')}
    </Button>
  );
}
