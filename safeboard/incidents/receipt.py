"""The seven words of a receipt: with them, and without an account, somebody comes back to what they wrote.

Seven of 1,024 words are 70 random bits: nobody guesses them, so that a quick keyed digest is enough to keep them by.
The words are short, common, kind, and unlike one another, so that a child can write them down and type them again.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from safeboard.core import keys

LENGTH = 7
_LIST = """
acorn actor adult after again album almond alphabet amber anchor animal ankle answer apple apricot april apron
arctic arrow artist aspen atlas attic august autumn avenue award baby badge badger bagel baker bakery balcony
balloon bamboo banana banjo bank banner barber barley barn barrel basket battery beagle bean beaver bedroom
beetle begin belt bench berry bicycle bingo birch bird birthday biscuit blanket blazer blender blink blossom
blouse bobble bonnet boot border bottle bounce bowl bowling bracelet branch brave bread breeze brick bridge
bright bristle broccoli broom brown brush bubble bucket buckle budget buffalo bugle builder bulb bumper bus
butter button cabbage cabin cable cactus cake calendar camel camera canal candle candy canoe canvas captain
caravan carbon cardigan cargo carnival carpet carrot cart cartoon carve cashew castle cedar celery cello cement
centre chain chalk champion channel chapter charm chatter cheddar cheer cheese cherry chess chestnut chicken
chimney chip chipmunk chocolate choir chorus cinema cinnamon circle circus city clarinet classroom clay clean
clever cliff climb clock cloth cloud clover clown club coach coast cobweb cocoa coconut coin collar comb comet
comic compass concert cooker cookie copper coral corner cosy cotton couch counter country cowboy cradle crane
crayon cream creek cricket crocus crumb crunch crystal cube cuckoo cucumber cup cupboard curl curry curtain
cushion custard cycle daffodil daisy damson dance dandelion daylight december delta denim desk dessert diamond
diary dinner dinosaur diver dolphin domino donkey door dough dragon drawer drawing dream dress drift drink drum
duck dumpling dust duvet eagle early earth easel easy echo elbow elephant eleven elm engine envelope estate
evening every exit fabric factory falcon family fancy farm farmer feast february fence fern ferry festival field
fifteen fifty fig film finch flag flake flamingo flannel flash flask flavour fleece flint float flock floor
flute folder follow food football forest fork forty forward fossil fountain fox frame freckle freezer fresh
friday friend fringe frog frost fruit fudge funny gallery gallop garage garden garlic gate gather gazelle gecko
gentle giant giggle ginger giraffe glacier glass glide glitter globe glove glue goat goblet golden goldfish golf
goose gorilla grape graph grass gravel gravy green grocery ground group guava guest guitar gull gutter habit
hair half hallway hammer hammock hamper hamster handbag handle hanger happy harbour harp harvest hawk hazel
heart heaven hedge hedgehog helmet helper hen herb herring hiker hill hippo hobby hockey holiday holly home
honey hoop hopscotch horn hotel house hummus hundred hurdle hut iceberg icicle icing idea igloo index inkwell
insect island ivory ivy jacket jaguar january jar jasmine jelly jersey jewel jigsaw jockey joke journey judo
juggle juice july jumper june jungle juniper kangaroo karate kayak keeper kennel kestrel ketchup kettle keyboard
kilt kindly kingdom kitchen kite kitten kiwi koala label lace ladder lagoon lamb language lantern lapwing larch
large laugh laundry lavender lawn layer leader leaf leather lemon lentil leopard lesson letter lettuce level
library lift light lilac lily lime linen lion listen little lizard llama lobster locket log lolly lorry lotion
lucky lunch lychee macaroni magazine magic magnet magpie mallet mammal mango maple marble margin marker market
marmalade marsh mask mat match meadow measure melody melon member metal meteor midday middle midnight million
mineral minnow mint minute mirror mitten mixture model moment monday monkey month morning mosaic moss motor
mountain mouse mud muffin mulberry muscle museum mushroom music mustard napkin narrow nature navy nectar needle
nettle newspaper night noodle noon north nose notebook november number nursery nutmeg oak oasis ocean october
octopus office often olive omelette once onion only opera orange orbit orchard orchid order organ ostrich otter
outdoor oval oven oxygen oyster page paint painter palace palm pancake panda panel papaya paper parade parcel
park parrot parsley parsnip party passport pasta pastry path patio pattern pavement peach peacock peanut pear
pebble pedal pelican pencil penguin pepper perfect phone photo piano pickle picnic picture pie pigeon pillow
pilot pink pirate pizza planet plant plastic plate platform player plaza plenty plough plum pocket poet polar
polite pollen polo pony poodle popcorn poppy porch porridge portrait postcard poster potato powder prairie
present pretty prince printer prize pudding puddle puffin pumpkin puppet puppy purple purse puzzle pyramid quack
quarter queen quest quick quiet quilt quince quiz rabbit raccoon racket radiator radio radish raft rainbow
raisin ramp ranch rapid raspberry rattle raven ready recipe record reef reindeer rhino rhubarb rhyme ribbon rice
riddle ring ripple river robin robot roller roof rooster rope rosemary round rowing royal rubber ruby rucksack
rug ruler runner rustle saddle saffron sailor salad salmon salsa salt sand sandal sandwich sapphire sardine
satchel saturday saucer sausage scarf science scissors scooter score scout screen sculptor seagull season seat
second seed seesaw september seven shadow shallow shampoo shape shelf shell sherbet shine shop short shovel
shower shuttle siesta signal silent silk silver simple singer six sixty skate sketch skip skirt sky sledge sleep
sleeve slide slipper smoothie snack snail snow soccer sock soft soil solid song sorbet soup south space spade
spaniel sparkle sparrow spider spinach spiral splash sponge spoon sport spring square squash squeak squid
squirrel stable stadium stage stairs stamp star starfish station statue steam steel stepping stew stick stone
stool storm story straw stream street stripe strong studio submarine subway sugar suitcase summer summit sunday
sunflower sunny sunset supper surf surprise swallow swan sweater sweep swift swim swing syrup tablet tadpole
tail tailor talent tango tape target taxi teapot teddy tempo tennis tent thank theatre thimble thirteen thirty
thistle thousand thread three throne thumb thunder thursday ticket tiger tile timber timetable tiny tissue toast
today toffee together toggle tomato tomorrow tortoise toucan towel tower town toy tractor traffic train tram
travel treacle treasure triangle tricycle trifle trolley trophy trousers trout trumpet trunk tuba tuesday tulip
tunnel turnip turquoise turtle twelve twenty twin twist ukulele umbrella under unicorn uniform useful vacuum
valley vanilla vase vegetable velvet verse village vine violet violin visitor voyage waffle wagon walking wallet
walnut walrus wander wardrobe washing water wave wealth weasel weather wednesday weekend welcome well west wheat
wheel whisk whisper whistle white wicker willow window winter wish wizard woodland wool workshop world worm wren
wrist writer yacht yard yellow yesterday yoga yoghurt zebra zero zigzag zipper
"""
WORDS = tuple(_LIST.split())
_KNOWN = frozenset(WORDS)
_LETTERS = re.compile(r"[a-z]+")


def make() -> str:
    """Seven words by chance, with a space between them."""
    return " ".join(secrets.choice(WORDS) for _ in range(LENGTH))


def read(typed: str) -> list[str]:
    """The words of what somebody typed: capitals, commas, figures and line ends do not matter."""
    return _LETTERS.findall(typed.casefold())


def unknown(words: list[str]) -> list[str]:
    """Those that are not in the list: most likely a slip of the keyboard. The list is no secret."""
    return [word for word in words if word not in _KNOWN]


def digest(words: list[str]) -> str:
    """What is kept of a receipt: an HMAC under a key that lies outside the database."""
    return hmac.new(keys.secret("receipt"), " ".join(words).encode(), hashlib.sha256).hexdigest()
