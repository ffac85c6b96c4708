/** Text as it may stand in XML, also between quotes; what XML may not hold becomes a replacement character. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"'\ufffe\uffff]/g, (character) =>
    character > '\ufff0' ? '\ufffd' : `&#${character.charCodeAt(0)};`,
  );
