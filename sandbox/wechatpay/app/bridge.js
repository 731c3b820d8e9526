// What the WeChat app puts into the pages that are open in it: the one call that shops make of it.
;(() => {
  const NAME = 'get_brand_wcpay_request'

  function showSheet(address, done) {
    const frame = document.createElement('iframe')
    frame.title = '微信支付'
    Object.assign(frame.style, {
      position: 'fixed',
      inset: '0',
      width: '100%',
      height: '100%',
      border: '0',
      zIndex: '2147483647',
      background: 'Canvas',
    })
    frame.addEventListener('load', () => {
      const result = new URLSearchParams(frame.contentWindow.location.search).get('result')
      if (!result) return
      frame.remove()
      done({ err_msg: `${NAME}:${result}` })
    })
    frame.src = address
    document.body.append(frame)
    frame.focus()
  }

  async function pay(parameters, done) {
    const answer = await fetch('/wechat/jsapi', { method: 'POST', body: JSON.stringify(parameters) })
    const { sheet, ...refusal } = await answer.json()
    if (sheet) showSheet(sheet, done)
    else done(refusal)
  }

  window.WeixinJSBridge = {
    invoke(name, parameters, done) {
      if (name === 'getBrandWCPayRequest') pay(parameters, done).catch(() => done({ err_msg: `${NAME}:fail` }))
      else done({ err_msg: 'system:function_not_exist' })
    },
    on() {},
    call() {},
  }
  // As in life, a page may run before the bridge is there.
  setTimeout(() => document.dispatchEvent(new Event('WeixinJSBridgeReady')), 100)
})()
