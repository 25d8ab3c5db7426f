"""The words of `lexicon` in languages of other families, in their own letters: Russian, Slovene, Arabic.

Each stands for the English word that it means, as there. Cases and other endings are left to the stemmer.
"""

# ruff: noqa: E501 - a table, with one word a line, in the letters of each language

from __future__ import annotations

LANGUAGES = ("ru", "sl", "ar")

# One English word a line, then those of the languages, in the order above.
WORDS = """
fine: штраф штрафа оштрафовали | globa kazen | غرامة
court: суд суда | sodišče | محكمة المحكمة
judge: судья судьи | sodnik | قاضي القاضي
law: закон закона | zakon | قانون
investigation: расследование | preiskava | تحقيق
decision: решение решили | odločitev odločil | قرار
agreement: соглашение | sporazum dogovor | اتفاق
vote: голосование голосуют | glasovanje | تصويت
parliament: парламент | parlament | برلمان البرلمان
council: совет | svet | مجلس
government: правительство власти | vlada | حكومة الحكومة
minister: министр | minister ministrica | وزير
president: президент президента | predsednik predsednica | رئيس الرئيس
police: полиция | policija | شرطة الشرطة
state: государство | država | دولة
country: страна страны стран | država držav | دول بلد
people: люди человек | ljudje ljudi | الناس شخص
election: выборы | volitve | انتخابات
death: смерть погиб умер погибли | smrt umrl umrli | وفاة مقتل موت
attack: атака нападение | napad | هجوم
war: война войны | vojna | حرب
earthquake: землетрясение | potres | زلزال
storm: шторм тайфун ураган | neurje tajfun nevihta | عاصفة إعصار
flood: наводнение | poplave poplava | فيضان فيضانات
fire: пожар огонь | požar ogenj | حريق
economy: экономика | gospodarstvo | اقتصاد
bank: банк | banka | بنك
price: цена цены | cena cene | سعر أسعار
market: рынок | trg | سوق
school: школа | šola | مدرسة
child: ребенок дети детей | otrok otroci | طفل أطفال
women: женщина женщины женский женская | ženske ženska | سيدات نساء امرأة
men: мужчина мужчины мужской | moški | رجال
company: компания | podjetje | شركة
health: здоровье здравоохранение | zdravje | صحة الصحة
virus: коронавирус вирус ковид covid | koronavirus virus covid | كورونا فيروس كوفيد
positive: положительный положительные | pozitiven pozitivni pozitivna | إيجابية إيجابي
test: тест тесты | test testi | اختبار فحص
case: случай случаев случаи | primer primeri | حالة حالات إصابة
emergency: чрезвычайное чп | izredne | الطوارئ طوارئ
spectator: зрители зрителей болельщики | gledalci gledalcev navijači | جمهور الجماهير متفرجين
olympic: олимпиада олимпийские олимпийский олимпийских олимпиады ои | olimpijske olimpijskih olimpijski olimpijada oi | أولمبياد الأولمبياد الأولمبية أولمبي اولمبياد الاولمبية
game: игры игр игра | igre iger igra tekma | ألعاب الألعاب دورة مباراة
team: команда сборная сборной | ekipa reprezentanca | فريق منتخب
athlete: спортсмен спортсмены атлет спортсменов | športnik športniki športnica atlet | رياضي الرياضيين لاعب لاعبين
ceremony: церемония церемонии | slovesnost | حفل مراسم
opening: открытие открытия открылись | odprtje otvoritvena otvoritev | افتتاح الافتتاح
medal: медаль медали медалей | medalja medalje kolajna kolajno | ميدالية ميداليات
gold: золото золотая золотую | zlato zlata zlat | ذهبية الذهبية
silver: серебро серебряная | srebro srebrna | فضية الفضية
bronze: бронза бронзовая бронзу | bron bronasta | برونزية
win: победил победила выиграл выиграла | zmaga zmagal zmagala osvojil osvojila | يفوز فوز تفوز الفوز
victory: победа победу | zmaga | انتصار
defeat: поражение проиграл проиграла уступила | poraz izgubil | خسارة هزيمة يخسر
final: финал финале | finale finalu | نهائي النهائي
football: футбол футболу | nogomet | القدم
basketball: баскетбол баскетболу | košarka košarkarji košarkarska | السلة
swimming: плавание пловец | plavanje plavalec plavalka | سباحة السباحة
tennis: теннис теннисист | tenis teniški | تنس التنس
cycling: велоспорт велогонка | kolesarstvo kolesar dirka | دراجات
weightlifting: атлетика | dvigovanje | أثقال الأثقال رفع
shooting: стрельба стрелок | streljanje | رماية الرماية
boxing: бокс | boks | ملاكمة
judo: дзюдо дзюдоист | judo judoist | جودو الجودو
fencing: фехтование фехтовальщик | sabljanje | مبارزة
handball: гандбол | rokomet rokometaši | اليد
rowing: гребля | veslanje | تجديف
gymnastics: гимнастика гимнаст | gimnastika | جمباز
race: гонка | dirka tek | سباق
record: рекорд | rekord | قياسي
champion: чемпион чемпионка | prvak prvakinja | بطل بطلة
championship: чемпионат | prvenstvo | بطولة
qualify: квалификация вышла вышел | kvalifikacije uvrstil uvrstila | تأهل يتأهل التصفيات
player: игрок | igralec igralka | لاعب
coach: тренер | trener selektor | مدرب
sport: спорт | šport športni | رياضة الرياضة
flag: флаг знаменосец флагоносец | zastava zastavonoša | علم العلم
torch: факел огонь | bakla ogenj | شعلة الشعلة
village: деревня деревне | vas vasi | قرية القرية
hotel: отель | hotel | فندق
delegation: делегация | delegacija odprava | وفد بعثة البعثة
committee: комитет мок | komite mok | لجنة اللجنة
begin: начало начался начались стартовали старт | začetek začenja začele začel | بداية انطلاق تنطلق يبدأ
end: конец завершение | konec | نهاية ختام
withdraw: отказ отказался отказалась снялся снялась | odstop odstopil odpovedal odpovedala | انسحاب تنسحب ينسحب
cancel: отмена отменили | odpoved odpovedali | إلغاء
postpone: отложили перенос | preložili | تأجيل
infection: заражение заразился инфекция заболевших | okužba okužbe okužen okuženi | إصابات عدوى
pandemic: пандемия | pandemija | جائحة
vaccine: вакцина вакцинация | cepivo cepljenje | لقاح تطعيم
quarantine: карантин изоляция | karantena izolacija | حجر عزل
protest: протест протесты | protest protesti | احتجاج مظاهرات
dismiss: уволен уволили уволил | odpuščen odstavljen | إقالة يقيل
director: директор режиссер | direktor režiser | مدير مخرج
scandal: скандал | škandal | فضيحة
emperor: император | cesar | إمبراطور
first: первый первая первое первую | prvi prva prvo | أول الأول
new: новый новая новые | novi nova novo | جديد جديدة
world: мир мира мировой | svet svetovni | العالم عالمي
year: год года лет | leto let | عام سنة
day: день дня | dan | يوم
russia: россия россии российский россияне рф | rusija ruski rusi | روسيا
america: сша америка американский | zda ameriški | أمريكا الأمريكي
china: китай китайский | kitajska kitajski | الصين الصيني
japan: япония японии японский | japonska japonski | اليابان ياباني
tokyo: токио | tokio tokiu | طوكيو
germany: германия | nemčija nemški | ألمانيا
france: франция | francija francoski | فرنسا
spain: испания | španija španski | إسبانيا
italy: италия | italija | إيطاليا
brazil: бразилия | brazilija | البرازيل
slovenia: словения | slovenija slovenski slovenska slovenci | سلوفينيا
ukraine: украина украинский украинцы | ukrajina | أوكرانيا
australia: австралия | avstralija | أستراليا
europe: европа европейский | evropa evropski | أوروبا
union: союз | unija zveza | اتحاد
arrest: арест арестован задержан | aretiran aretacija | اعتقال
prison: тюрьма | zapor | سجن
murder: убийство убит | umor ubit | قتل
accident: авария дтп | nesreča | حادث
plane: самолет | letalo | طائرة
injury: травма травму раненые | poškodba poškodovan | إصابة جرحى
hospital: больница | bolnišnica | مستشفى
refugee: беженцы | begunci begunska | لاجئين اللاجئين
doping: допинг допинга | doping | منشطات
schedule: расписание календарь | spored urnik | جدول مواعيد
star: звезда звезды | zvezda zvezde | نجوم نجم
television: трансляция телевидение | prenos televizija | قناة بث
history: история истории | zgodovina | تاريخ
stadium: стадион | stadion | ملعب استاد
city: город | mesto | مدينة
family: семья | družina | عائلة
young: молодой молодая | mlad mlada najmlajša | شاب أصغر
mother: мать | mati | أم
ticket: билет билеты | vstopnice vstopnica | تذاكر
ban: запрет запретили | prepoved prepovedal | حظر منع
rule: правило правила | pravilo pravila | قواعد
warning: предупреждение предупредил | opozorilo opozarja | تحذير
security: безопасность | varnost | أمن
surf: серфинг | deskanje | ركوب
skateboard: скейтбординг | rolkanje | تزلج
volleyball: волейбол | odbojka | الطائرة
canada: канада канадский | kanada kanadski | كندا
india: индия индийский | indija indijski | الهند
mexico: мексика | mehika | المكسيك
turkey: турция турецкий | turčija turški | تركيا
poland: польша польский | poljska poljski | بولندا
britain: британия великобритания британский | britanija britanski | بريطانيا
greece: греция | grčija grški | اليونان
switzerland: швейцария | švica švicarski | سويسرا
croatia: хорватия хорватский | hrvaška hrvaški | كرواتيا
serbia: сербия сербский | srbija srbski | صربيا
austria: австрия австрийский | avstrija avstrijski | النمسا
hungary: венгрия | madžarska madžarski | المجر
belarus: беларусь белоруссия белорусский | belorusija beloruski | بيلاروسيا
egypt: египет египетский | egipt egiptovski | مصر
iran: иран иранский | iran iranski | إيران
israel: израиль израильский | izrael izraelski | إسرائيل
syria: сирия | sirija | سوريا
afghanistan: афганистан | afganistan | أفغانستان
climate: климат | podnebje podnebni | مناخ المناخ
water: вода воды | voda vode | مياه الماء
rain: дождь дожди | dež deževje | أمطار
oil: нефть нефти | nafta nafte | نفط النفط
gas: газ газа | plin plina | غاز الغاز
army: армия военные | vojska vojaki | جيش الجيش
peace: мир | mir | سلام السلام
talks: переговоры | pogajanja pogovori | مفاوضات محادثات
sanction: санкции | sankcije | عقوبات
border: граница границы | meja meje | حدود الحدود
tax: налог налоги | davek davki | ضريبة ضرائب
budget: бюджет | proračun | ميزانية
doctor: врач врачи | zdravnik zdravniki | طبيب أطباء
student: студент студенты | študent študenti | طلاب طالب
million: миллион миллионов | milijon milijonov | مليون
billion: миллиард миллиардов | milijarda milijard | مليار
data: данные данных | podatki podatkov | بيانات
protection: защита защиты | varstvo zaščita | حماية
hacker: хакер хакеры | heker hekerji | قراصنة هاكر
right: право права | pravica pravice | حقوق
complaint: жалоба | pritožba | شكوى
appeal: апелляция | pritožba | استئناف
"""
