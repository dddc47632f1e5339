/** Words of the page that waits for a code. */
export const words = {
  zh: { resendIn: (seconds: number) => `${seconds} 秒后可重新发送`, resend: "重新发送" },
  en: { resendIn: (seconds: number) => `Send again in ${seconds} s`, resend: "Send again" },
};
