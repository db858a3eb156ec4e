import { useNavigate } from '@tanstack/react-router';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { ProductForm } from './product-form.tsx';
import { addProduct } from './product-queries.ts';
import { toBody } from './product-values.ts';
import { productWords } from './words/product-words.ts';

/** A new piece begins as a draft; its page, where it is published, opens by itself. */
export function NewProductDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const words = useWords(productWords);
  const navigate = useNavigate();
  return (
    <Dialog opened={opened} title={words('newPiece')} size={780} onClose={onClose}>
      <ProductForm
        action={words('add')}
        onCancel={onClose}
        send={async (values) => {
          const { id, name } = await addProduct(toBody(values));
          toast(words('added', { name }));
          await navigate({
            to: '/products/$productId',
            params: { productId: id },
            search: ({ add: _add, ...before }) => before,
            replace: true,
          });
          return undefined;
        }}
      />
    </Dialog>
  );
}
