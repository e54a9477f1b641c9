import type { ReactNode, Ref } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components/TextField';
import { fieldClass } from './field-class.ts';

interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  label: string;
  /** What is wrong with the value, or undefined. */
  error?: string | undefined;
  hint?: ReactNode;
  placeholder?: string;
  /** Rows of a text area; left out for one line. */
  rows?: number;
  inputRef?: Ref<HTMLInputElement>;
}

/** A labelled text field with its error underneath. */
export function TextField({ label, error, hint, placeholder, rows, inputRef, ...props }: TextFieldProps) {
  return (
    <AriaTextField
      {...props}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className="grid gap-1.5"
    >
      <Label className="font-medium text-sm">{label}</Label>
      {rows === undefined ? (
        <Input
          ref={inputRef ?? null}
          {...(placeholder !== undefined && { placeholder })}
          className={`${fieldClass} h-10`}
        />
      ) : (
        <TextArea
          rows={rows}
          {...(placeholder !== undefined && { placeholder })}
          className={`${fieldClass} resize-y py-2.5 scroll-quiet`}
        />
      )}
      {hint && (
        <Text slot="description" className="text-faint text-xs">
          {hint}
        </Text>
      )}
      <FieldError className="text-danger-ink text-xs">{error}</FieldError>
    </AriaTextField>
  );
}
