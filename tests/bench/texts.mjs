// The texts every checker gets: replies as a community manager writes them, with emoji, handles and planted problems.
export const en280 = 'Hi @marta_lopez, thanks for telling us 😔 We are sorry you feel that way, and we guarantee the parcel arrives tomorrow!! Please send us your phone number here so we can utilize it to expedite the case. Our team is looking into this issue and will get back to you ASAP. ^AB #care';
export const es280 = 'Hola @marta_lopez, gracias por avisarnos 😔 Lamentamos que te sientas así y te garantizamos que el paquete llega mañana!! Por favor, escribe aquí tu número de teléfono para poder agilizar el caso. Nuestro equipo está revisando la incidencia a la mayor brevedad posible. ^AB';
const grow = (text, length) => {
  let out = '';
  for (let i = 1; out.length < length; i++) out += `${text.replace('@marta_lopez', `@marta_${i}`)}\n`;
  return out.slice(0, length);
};
export const en2000 = grow(en280, 2000);
export const es2000 = grow(es280, 2000);
