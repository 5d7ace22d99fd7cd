"""What a person sees and reaches in a page, as small scripts that are asked in the page itself.

Playwright finds things by role and name too, by a script of its own that is sent into each page anew: journeys took a
tenth more of a processor by it. A name here is what is read out: the label of a field, the words of a button or a link.
That each has one, and a proper one, is what axe looks at.
"""

# The first thing of a sort, by its whole name, else (no field) by a part of it. ``among``: in a group of that name. It
# is given in a list, which may be empty: for an element by itself Playwright sends its script.
FIND = r"""([sort, name, among, scope]) => {
    const sorts = {
        button: 'button, input[type=submit], input[type=button], [role=button]',
        link: 'a[href], [role=link]',
        summary: 'summary',
        field: 'input:not([type=hidden]), select, textarea',
    }
    const words = text => text.replace(/\s+/g, ' ').trim()
    const shown = one => one.checkVisibility({visibilityProperty: true}) && !one.matches('[aria-hidden=true]')
    const apart = one => getComputedStyle(one).display !== 'inline' ? ' ' : ''
    const inside = one => [...one.childNodes].map(part => part.nodeType === Node.TEXT_NODE ? part.data
        : part.nodeType === Node.ELEMENT_NODE && shown(part) ? apart(part) + read(part) + apart(part) : '').join('')
    const read = one => one.getAttribute('aria-label') || one.alt || inside(one)
    const named = one => (one.getAttribute('aria-labelledby') || '').split(' ')
        .map(id => document.getElementById(id)).filter(Boolean).map(read).join(' ')
    const called = one => words(named(one) || one.getAttribute('aria-label')
        || [...(one.labels || [])].map(read).join(' ') || (one.matches('input') ? one.value : inside(one)) || one.title)
    const groups = among && [...document.querySelectorAll('fieldset, [role=group]')].filter(group =>
        words(named(group) || read(group.querySelector('legend') || group)).toLowerCase().includes(among.toLowerCase()))
    const all = [...(scope || document).querySelectorAll(sorts[sort])].filter(one =>
        shown(one) && !one.closest('[inert]') && (!among || groups.some(group => group.contains(one))))
    const found = all.find(one => called(one) === words(name)) || sort !== 'field'
        && all.find(one => called(one).toLowerCase().includes(words(name).toLowerCase()))
    return found ? [found] : []
}"""
# Where to press it, when the page is scrolled to it; null where something else lies over it.
SPOT = """([element]) => {
    element.scrollIntoViewIfNeeded(true)
    const box = element.getClientRects()[0]
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    const met = document.elementFromPoint(x, y)
    const label = met && met.closest('label')
    return met && (element.contains(met) || label && label.control === element) ? [x, y] : null
}"""
ANY = "found => found.length"
MARKUP = "([element]) => element.outerHTML.slice(0, 200)"
SORT = "([element]) => element.type"
CHECKED = "([element]) => element.checked"
SELECT = "([element]) => element.select()"  # all that is written in it, as by Control and A
READ = """() => [
    document.title, document.querySelector('main').innerText.trim().split(/\\s+/).length, document.fonts.status]"""
TEXT = "() => document.body.innerText"
HEADING = "() => document.querySelector('h1').innerText"
IN_MAIN = "() => document.activeElement === document.querySelector('main')"
# How many presses of Tab it should take to the element, as far as a script can tell; and from the top of the page to
# what is in its main part, how many of them the link past the navigation takes one by.
AHEAD = """([element]) => {
    const group = one => one.type === 'radio' && one.name ? `${one.name} ${one.form && one.form.id}` : one
    const stops = [...document.querySelectorAll(
        'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')]
        .filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true}))
    const before = there => new Set(stops
        .filter(one => there.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING).map(group)).size
    const linked = location.hash.length > 1 && document.getElementById(location.hash.slice(1))
    const at = document.activeElement === document.body ? linked || document.documentElement : document.activeElement
    const radio = stops.find(one => group(one) === group(element)) || element
    const tabs = before(radio) - before(at) + (stops.includes(at) ? 0 : 1)
    const main = document.querySelector('main')
    const atTop = at === document.documentElement && stops.length && stops[0].matches('.govuk-skip-link')
    return [Math.max(0, tabs), atTop && main.contains(element) ? before(main) : 0]
}"""
# Whether the element, or another radio of its group, has the focus, and where it does whether it can be seen.
FOCUSED = """([element]) => {
    const at = document.activeElement
    if (at !== element && !(element.type === 'radio' && at.type === 'radio' && at.name === element.name
        && at.form === element.form)) return null
    const box = at.getBoundingClientRect()
    return box.bottom > 0 && box.top < window.innerHeight
}"""
