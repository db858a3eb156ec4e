export const en = { lakh: '{amount} lakh', crore: '{amount} crore' } as const;
