import type { Language } from '../../domain/user.ts';

export interface DemoCustomer {
  name: string;
  phone: string;
  address: string | null;
  language: Language;
  creditLimitPaise: number | null;
}

export const DEMO_CUSTOMERS: readonly DemoCustomer[] = [
  {
    name: 'Asha Deshpande',
    phone: '+91 98220 11223',
    address: 'Sadashiv Peth, Pune',
    language: 'mr',
    creditLimitPaise: 3_00_000_00,
  },
  {
    name: 'Rahul Kulkarni',
    phone: '98230 44556',
    address: 'Kothrud, Pune',
    language: 'mr',
    creditLimitPaise: null,
  },
  {
    name: 'Meera Shah',
    phone: '098250 77889',
    address: 'Camp, Pune',
    language: 'en',
    creditLimitPaise: 5_00_000_00,
  },
  {
    name: 'Iqbal Ansari',
    phone: '+91-97640-12345',
    address: 'Rasta Peth, Pune',
    language: 'hi',
    creditLimitPaise: null,
  },
  {
    name: 'सुनीता जोशी',
    phone: '94220 33445',
    address: 'नारायण पेठ, पुणे',
    language: 'mr',
    creditLimitPaise: 1_00_000_00,
  },
  { name: 'रमेश शर्मा', phone: '(98900) 55667', address: 'औंध, पुणे', language: 'hi', creditLimitPaise: null },
  {
    name: 'Fatima Sheikh',
    phone: '91 98765 43210',
    address: 'Kondhwa, Pune',
    language: 'hi',
    creditLimitPaise: null,
  },
  {
    name: 'Vikram Patil',
    phone: '90110 24680',
    address: 'Satara Road, Pune',
    language: 'mr',
    creditLimitPaise: 2_00_000_00,
  },
  { name: 'Anjali Nair', phone: '99225 13579', address: null, language: 'en', creditLimitPaise: null },
  { name: 'प्रिया मोरे', phone: '95525 86420', address: 'हडपसर, पुणे', language: 'mr', creditLimitPaise: null },
  {
    name: 'Suresh Oswal',
    phone: '98500 97531',
    address: 'Market Yard, Pune',
    language: 'en',
    creditLimitPaise: 10_00_000_00,
  },
  {
    name: 'Kavita Jadhav',
    phone: '73500 11224',
    address: 'Sinhagad Road, Pune',
    language: 'mr',
    creditLimitPaise: null,
  },
];
