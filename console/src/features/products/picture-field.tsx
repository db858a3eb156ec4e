// The picture of a piece: dragged in from anywhere, or chosen from the device.

import { Button, Loader } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPhotoPlus, IconTrash } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { errorText, fieldTexts } from '../../api/error-text.ts';
import { useWords } from '../../words/say.ts';
import { ProductPicture } from './product-picture.tsx';
import type { ProductValues } from './product-values.ts';
import styles from './products.module.css';
import type { PictureUpload } from './use-picture-upload.ts';
import { productWords } from './words/product-words.ts';

const TAKEN = 'image/png,image/jpeg,image/gif,image/webp';

interface PictureFieldProps {
  form: UseFormReturnType<ProductValues>;
  upload: PictureUpload;
  readOnly: boolean;
}

export function PictureField({ form, upload, readOnly }: PictureFieldProps) {
  const words = useWords(productWords);
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const { take, working, problem } = upload;
  const { image_url: url, name } = form.values;
  if (readOnly) return <ProductPicture url={url} alt={name} className={styles.large} />;

  const drag = (over: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setIsOver(over);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button below does the same without a mouse.
    <div
      className={isOver ? styles.dropOver : styles.drop}
      onDragEnter={drag(true)}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event);
        void take(event.dataTransfer.files[0]);
      }}
    >
      <div className={styles.largePlace}>
        <ProductPicture url={url} alt={name} className={styles.large} />
        {working ? (
          <Loader className={styles.loading ?? ''} size={28} aria-label={words('uploading')} />
        ) : null}
      </div>
      <input
        ref={input}
        type="file"
        accept={TAKEN}
        hidden
        aria-label={words('picture')}
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          // The same file may be chosen again after a refusal.
          event.currentTarget.value = '';
        }}
      />
      <div className={styles.dropButtons}>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPhotoPlus size={16} stroke={1.7} aria-hidden="true" />}
          disabled={working}
          onClick={() => input.current?.click()}
        >
          {words(url === '' ? 'choosePicture' : 'changePicture')}
        </Button>
        {url === '' ? (
          <span className={styles.dropHint}>{words('dropHint')}</span>
        ) : (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={16} stroke={1.7} aria-hidden="true" />}
            onClick={() => form.setFieldValue('image_url', '')}
          >
            {words('removePicture')}
          </Button>
        )}
      </div>
      {problem === null ? null : (
        <p className={`out ${styles.dropProblem}`} role="alert">
          {fieldTexts(problem).image ?? errorText(problem)}
        </p>
      )}
    </div>
  );
}
